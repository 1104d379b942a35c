import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { nodeTypes } from '../lib/nodes/index.ts';
import { playScript } from '../lib/proof/run.ts';

const folder = new URL('../flows/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.flow.json'))
  .map((file) => file.replace('.flow.json', ''));

function readFlow(name: string): Flow {
  return JSON.parse(readFileSync(new URL(`${name}.flow.json`, folder), 'utf8'));
}

/** The call script beside a flow; empty if nobody has written one. */
function readCalls(name: string): string {
  const file = new URL(`${name}.calls.txt`, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function findFlow(id: string): Flow | undefined {
  return names.includes(id) ? readFlow(id) : undefined;
}

describe.each(names)('%s', (name) => {
  const flow = readFlow(name);
  const { problems, calls } = playScript(flow, readCalls(name), findFlow);

  test('is named as its file and has no problems', () => {
    expect(flow.id).toBe(name);
    expect(check(flow)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each(calls)('$title', ({ differences }) => {
    expect(differences).toEqual([]);
  });
});

test('every node type is walked by a call script', () => {
  const walked = new Set(
    names
      .filter((name) => readCalls(name) !== '')
      .flatMap((name) => Object.values(readFlow(name).nodes).map((node) => node.type)),
  );
  expect([...walked].sort()).toEqual(nodeTypes.map((type) => type.type).sort());
});
