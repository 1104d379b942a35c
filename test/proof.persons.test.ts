import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proveFlows } from '../cli/proof/prove.ts';
import { usesOf } from '../lib/engine/uses.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { type OpeningHours, weekdays } from '../lib/flow/schedule.ts';
import { explore } from '../lib/proof/explore.ts';
import { prove } from '../lib/proof/prove.ts';
import { walkScript } from '../lib/proof/walk.ts';
import { menu, transfer } from './kit/quiet.ts';
import { flowOf } from './kit/steps.ts';

const folder = new URL('../flows/', import.meta.url);
const read = (file: string): Flow => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const find = (id: string) => read(`${id}.flow.json`);
const put = new Set(['enqueue', 'dial', 'record']);

const agents = transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' });

test('the nearest person and the worst case come with calls that lead there', () => {
  const flow = flowOf({
    first: menu({ 1: 'second', 0: 'agents' }),
    second: menu({ 1: 'third' }),
    third: menu({ 2: 'agents' }),
    agents,
  });
  const [told] = prove(flow).persons;
  expect(told?.person).toMatchObject({ fromStart: { keys: 1 }, worst: { keys: 2, keysAt: 'second' } });
  const route = (script = '') =>
    walkScript(flow, script).map(({ event, passed }) => [event, ...passed.map(({ node }) => node)]);
  expect(route(told?.person?.script)).toEqual([
    ['arrived', 'start', 'first'],
    ['pressed 0', 'first', 'agents'],
  ]);
  expect(route(told?.person?.worst.script)).toEqual([
    ['arrived', 'start', 'first'],
    ['pressed 1', 'first', 'second'],
    ['pressed 1', 'second', 'third'],
    ['pressed 2', 'third', 'agents'],
  ]);
});

test.each(readdirSync(folder).filter((file) => file.endsWith('.flow.json')))(
  '%s: both calls end at a person',
  (file) => {
    const flow = read(file);
    for (const { person } of prove(flow, { find }).persons) {
      if (person === undefined) continue;
      for (const script of [person.script, person.worst.script]) {
        const steps = walkScript(flow, script, find);
        expect(script.split('\n').filter((line) => line.startsWith('>'))).toHaveLength(steps.length);
        expect(put.has(steps.at(-1)?.verbs.at(-1)?.verb ?? '')).toBe(true);
      }
    }
  },
);

test('ways that cost nothing do not lead round', () => {
  const flow = flowOf({
    first: menu({ 1: 'agents' }),
    agents: transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'first', failed: 'agents2' }),
    agents2: transfer({ skillGroup: 'others' }, { next: 'first', failed: 'first' }),
  });
  const { states } = explore(flow);
  const [told] = prove(flow).persons;
  expect(walkScript(flow, told?.person?.worst.script ?? '').length).toBeLessThan(states.length);
  expect(told?.person?.fromStart.keys).toBe(1);
});

describe('a person by hours of the week', () => {
  const flow = read('opening-hours.flow.json');
  const [id = ''] = usesOf(flow).schedules ?? [];
  const week = (weekly: OpeningHours['weekly'], name = id) =>
    prove(flow, { find, schedules: new Map([[name, { weekly }]]) }).week.map(({ hours, person }) => [
      hours,
      person?.fromStart.keys,
    ]);

  test('puts days with equal hours together; a night and a Sunday go past midnight', () => {
    const usual = [['09:00', '17:00']] as const;
    expect(week({ mon: usual, tue: usual, wed: usual, sun: [['22:00', '02:00']] })).toEqual([
      ['mon 00:00–02:00 and 09:00–17:00, tue–wed 09:00–17:00, sun 22:00–24:00', 0],
      [
        'mon 02:00–09:00 and 17:00–24:00, tue–wed 00:00–09:00 and 17:00–24:00, thu–sat 00:00–24:00, sun 00:00–22:00',
        undefined,
      ],
    ]);
    expect(week(Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00'] as const]])))).toEqual([
      ['mon–sun 00:00–24:00', 0],
    ]);
  });

  test('is told of schedules that decide only, by the command, too', () => {
    expect(week({ mon: [['09:00', '17:00']] }, 'another')).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'schedules-'));
    const schedule = { id, name: 'Hours', timeZone: 'Europe/Berlin', weekly: { mon: [['09:00', '17:00']] } };
    writeFileSync(join(folder, 'hours.json'), JSON.stringify(schedule));
    const { text } = proveFlows(['flows/opening-hours.flow.json'], { schedules: folder });
    expect(text).toContain('  a person, mon 09:00–17:00: 0 keys and 6 s from the start;');
    rmSync(folder, { recursive: true });
  });
});
