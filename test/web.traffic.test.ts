import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { pathLayer, trafficLayer } from '../web/src/traffic/layers.ts';
import { translatorOf } from './kit/translator.ts';

const t = translatorOf('en-US').t as TFunction;

const flow: Flow = {
  schema: 1,
  id: 'desk',
  name: 'Desk',
  nodes: {
    start: { type: 'start', exits: { next: 'menu' } },
    menu: { type: 'branch', prompt: { text: 'Press 1.' }, exits: { '1': 'end', '2': 'closed' } },
    closed: { type: 'end' },
    end: { type: 'end' },
  },
};
const since = '2026-07-01T00:00:00.000Z';

test('traffic says how many calls came and what share took each exit; what no call took is pale', () => {
  const nodes = {
    start: { entered: 4, ended: 0, exits: { next: 4 } },
    menu: { entered: 4, ended: 1, exits: { '1': 3 } },
    end: { entered: 3, ended: 3, exits: {} },
  };
  const layer = trafficLayer({ calls: 4, complete: true, since, nodes }, flow, t);
  expect(layer.nodes?.get('menu')).toMatchObject({ tone: 'count', text: '4 · 100% · ended 1' });
  expect(layer.nodes?.get('closed')).toMatchObject({ tone: 'dim' });
  expect(layer.exits?.get('menu')?.get('1')).toMatchObject({ tone: 'count', text: '3 · 75%' });
  expect([...(layer.wires ?? [])].map(([id]) => id)).toEqual(['menu.2']);
});

test('the path of a call has the times of its nodes, its exits and wires, and where it stood last', () => {
  const at = (seconds: number) => new Date(Date.parse(since) + seconds * 1000).toISOString();
  const call = {
    ...{ callSid: 'CA1', flow: 'desk', version: 1, startedAt: since, missing: [] },
    steps: [
      { at: at(0), node: 'start', exit: 'next' },
      { at: at(0), node: 'menu' },
      { at: at(5), node: 'menu', key: '1', exit: '1' },
      { at: at(5), node: 'end' },
    ],
  };
  const layer = pathLayer(call, call.steps, flow, t);
  expect(layer.nodes?.get('menu')).toEqual({ tone: 'path', text: '0:00, 0:05' });
  expect(layer.nodes?.get('end')).toMatchObject({ tone: 'here', text: '0:05' });
  expect(layer.nodes?.get('closed')).toEqual({ tone: 'dim' });
  expect(layer.wires?.get('menu.1')).toEqual({ tone: 'path' });
  expect(layer.wires?.get('menu.2')).toEqual({ tone: 'dim' });
  // Of a call that went through two versions, each drawing has its own part, and one of them where it stood last.
  const before = pathLayer(call, call.steps.slice(0, 2), flow, t);
  expect(before.nodes?.get('menu')).toEqual({ tone: 'path', text: '0:00' });
  expect(before.nodes?.get('end')).toEqual({ tone: 'dim' });
});
