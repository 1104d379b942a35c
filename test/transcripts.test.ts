import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { nodeTypes } from '../lib/nodes/index.ts';
import { playTranscript, readTranscripts, type Transcript } from './kit/transcript.ts';

const folder = new URL('../flows/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.flow.json'))
  .map((file) => file.replace('.flow.json', ''));

function readFlow(name: string): Flow {
  return JSON.parse(readFileSync(new URL(`${name}.flow.json`, folder), 'utf8'));
}

/** The calls written down beside a flow; none where nobody has written any yet. */
function readCalls(name: string): Transcript[] {
  const file = new URL(`${name}.calls.txt`, folder);
  return existsSync(file) ? readTranscripts(readFileSync(file, 'utf8')) : [];
}

describe.each(names)('%s', (name) => {
  const flow = readFlow(name);

  test('is named as its file and has no problems', () => {
    expect(flow.id).toBe(name);
    expect(check(flow)).toEqual([]);
  });

  test.each(readCalls(name))('$title', (transcript) => {
    expect(playTranscript(flow, transcript)).toEqual(transcript.lines);
  });
});

test('every node type is walked by a transcript', () => {
  const walked = new Set(
    names
      .filter((name) => readCalls(name).length > 0)
      .flatMap((name) => Object.values(readFlow(name).nodes).map((node) => node.type)),
  );
  expect([...walked].sort()).toEqual(nodeTypes.map((type) => type.type).sort());
});
