import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasSettingFor, usesOf } from '../lib/engine/uses.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';

/** A flow of these nodes. */
function of(nodes: Record<string, unknown>): Flow {
  return { schema: 1, id: 'a', name: 'A', nodes: nodes as Record<string, FlowNode> };
}

test('a flow uses the groups it transfers to and the audio of all its prompts, each once and sorted', () => {
  const flow = of({
    start: { type: 'start', exits: { next: 'constructor' } },
    constructor: { type: 'play', prompt: [{ text: 'Hi.' }, { audio: 'zeta' }, { audio: 'alpha' }] },
    menu: { type: 'branch', prompt: { audio: 'alpha' }, errorPrompt: { audio: 'wrong' } },
    sales: {
      type: 'transfer',
      ...{ skillGroup: 'sales', holdMusic: { audio: 'waltz' }, failPrompt: { audio: 'sorry' } },
    },
    again: { type: 'transfer', skillGroup: 'sales', holdMusic: { audio: 'hold-music' } },
    late: { type: 'transfer', skillGroup: 'night' },
    end: { type: 'end', prompt: { audio: 'bye' } },
  });
  expect(usesOf(flow)).toEqual({
    audio: ['alpha', 'bye', 'sorry', 'waltz', 'wrong', 'zeta'],
    groups: ['night', 'sales'],
  });
});

test('a draft may hold anything: what has another shape names nothing, and breaks nothing', () => {
  const flow = of({
    play: { type: 'play', prompt: [{ audio: 7 }, null, 'x', { audio: 'kept' }, { text: '' }] },
    other: { type: 'play', prompt: { audio: ['x'] }, toString: { audio: 'x' } },
    bare: { type: 'transfer' },
    odd: { type: 'transfer', skillGroup: { id: 'x' }, holdMusic: 'waltz' },
    newer: { type: 'hologram', skillGroup: 'x', prompt: { audio: 'x' } },
    end: { type: 'end', skillGroup: 'x' },
  });
  expect(usesOf(flow)).toEqual({ audio: ['kept'] });
  expect(usesOf(of({}))).toEqual({});
});

test('a flow has a setting for groups as soon as a node transfers, filled in or not', () => {
  const start = { type: 'start', exits: {} };
  expect(hasSettingFor('groups', of({ start, play: { type: 'play', skillGroup: 'x' } }))).toBe(false);
  expect(hasSettingFor('groups', of({ start, odd: { type: 'constructor' } }))).toBe(false);
  expect(hasSettingFor('groups', of({ start, transfer: { type: 'transfer' } }))).toBe(true);
  expect(hasSettingFor('audio', of({ start, end: { type: 'end' } }))).toBe(true);
});

test('the example flows use the groups, flows, schedules and connections that stand in their text, and no audio but the own music', () => {
  const folder = new URL('../flows/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.flow.json'));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const named = (pattern: RegExp) =>
      [...new Set(Array.from(text.matchAll(pattern), ([, id = '']) => id))].sort();
    const expected = {
      groups: named(/"(?:skillGroup|mailbox)": "([^"]+)"/g),
      flows: named(/"flow": "([^"]+)"/g),
      schedules: named(/"schedule": "([^"]+)"/g),
      connections: named(/"connection": "([^"]+)"/g),
    };
    const some = Object.entries(expected).filter(([, ids]) => ids.length > 0);
    expect([file, usesOf(JSON.parse(text))]).toEqual([file, Object.fromEntries(some)]);
  }
});
