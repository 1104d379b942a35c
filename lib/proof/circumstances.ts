import type { ScheduleState } from '../flow/schedule.ts';

/** What does not change because a caller waits: what schedules say, and for which skill groups an agent is available. */
export interface Circumstances {
  /** By schedule id. */
  readonly schedules?: Readonly<Record<string, ScheduleState>>;
  /** By skill group. */
  readonly available?: Readonly<Record<string, 'yes' | 'no'>>;
}

/** Assumed facts of circumstances by name: `schedule office` → `closed`. */
export type Assumed = ReadonlyMap<string, string>;

/** The values of each kind of fact, the more usual reason to be kept first. */
const valuesOf = { schedule: ['closed', 'holiday', 'open'], available: ['no', 'yes'] } as const;

/** The possible values of a fact of circumstances. */
export function valuesAssumed(name: string): readonly string[] {
  return name.startsWith('schedule ') ? valuesOf.schedule : valuesOf.available;
}

/** The facts among these, lines of a script, that belong to circumstances: `[['schedule office', 'closed']]`. */
export function assumedIn(facts: readonly string[]): [name: string, value: string][] {
  return facts.flatMap((fact): [string, string][] => {
    const [, name, value] = /^((?:schedule|available) \S+): (\S+)$/.exec(fact) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
}

/** Assumed facts as circumstances, in the order of their names. */
export function circumstancesFrom(assumed: Assumed): Circumstances {
  const schedules: [id: string, state: ScheduleState][] = [];
  const available: [skillGroup: string, is: 'yes' | 'no'][] = [];
  for (const [name, value] of [...assumed].sort()) {
    const [kind, id = ''] = name.split(' ', 2);
    if (kind === 'schedule') schedules.push([id, value as ScheduleState]);
    else available.push([id, value as 'yes' | 'no']);
  }
  return {
    ...(schedules.length > 0 && { schedules: Object.fromEntries(schedules) }),
    ...(available.length > 0 && { available: Object.fromEntries(available) }),
  };
}

/** Circumstances in English, for the middle of a sentence: `schedule office is closed and no agent of sales is available`. */
export function circumstancesText({ schedules = {}, available = {} }: Circumstances): string {
  const hours = { open: 'open', closed: 'closed', holiday: 'on holiday' };
  const said = [
    ...Object.entries(schedules).map(([id, state]) => `schedule ${id} is ${hours[state]}`),
    ...Object.entries(available).map(
      ([id, is]) => `${is === 'no' ? 'no agent' : 'an agent'} of ${id} is available`,
    ),
  ];
  return [said.slice(0, -1).join(', '), said.at(-1)].filter(Boolean).join(' and ');
}
