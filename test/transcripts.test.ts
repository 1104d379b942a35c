import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { nodeTypes } from '../lib/nodes/index.ts';
import { playTranscript, readTranscripts } from './kit/transcript.ts';

const folder = new URL('../flows/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.flow.json'))
  .map((file) => file.replace('.flow.json', ''));

function readFlow(name: string): Flow {
  return JSON.parse(readFileSync(new URL(`${name}.flow.json`, folder), 'utf8'));
}

describe.each(names)('%s', (name) => {
  const flow = readFlow(name);
  const transcripts = readTranscripts(readFileSync(new URL(`${name}.calls.txt`, folder), 'utf8'));

  test('is named as its file and has no problems', () => {
    expect(flow.id).toBe(name);
    expect(check(flow)).toEqual([]);
  });

  test.each(transcripts)('$title', (transcript) => {
    expect(playTranscript(flow, transcript)).toEqual(transcript.lines);
  });
});

test('every node type is walked by a transcript', () => {
  const walked = new Set(
    names.flatMap((name) => Object.values(readFlow(name).nodes).map((node) => node.type)),
  );
  expect([...walked].sort()).toEqual(nodeTypes.map((type) => type.type).sort());
});
