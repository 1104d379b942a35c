import { type OpeningHours, type ScheduleState, weekdays } from '../flow/schedule.ts';
import type { Explored } from './explore.ts';
import { type PersonProof, personOf, schedulesIn } from './persons.ts';
import { graphOf } from './reach.ts';

/** The distance to a person in some hours of an ordinary week; without `person` none can be reached then. */
export interface WeekPerson {
  /** The hours, in the time zone of each schedule: `mon–fri 09:00–18:00, sat 10:00–14:00`. */
  readonly hours: string;
  readonly person?: PersonProof;
}

const day = 24 * 60;
const week = 7 * day;

/**
 * The distances to a person by the weekly hours of the schedules that a flow asks; holidays and overrides are ignored. Empty if the
 * flow asks none of `schedules`. A schedule whose hours are not given may have any state.
 */
export function personsInWeek(
  explored: Explored,
  schedules: ReadonlyMap<string, Pick<OpeningHours, 'weekly'>>,
): WeekPerson[] {
  const deciding = schedulesIn(explored).flatMap((id): [string, Span[]][] => {
    const hours = schedules.get(id);
    return hours === undefined ? [] : [[id, spansOf(hours)]];
  });
  if (deciding.length === 0) return [];
  const graph = graphOf(explored);
  const scenarios = new Map<string, { says: Map<string, ScheduleState>; spans: Span[] }>();
  const edges = new Set(deciding.flatMap(([, spans]) => spans.flat()));
  const cuts = [...edges, 0, week].sort((one, other) => one - other);
  for (const [place, from] of cuts.entries()) {
    const to = cuts[place + 1] ?? from;
    if (to === from) continue;
    const says = new Map(
      deciding.map(([id, spans]): [string, ScheduleState] => [
        id,
        spans.some(([begins, ends]) => begins <= from && from < ends) ? 'open' : 'closed',
      ]),
    );
    const key = [...says.values()].join();
    const scenario = scenarios.get(key) ?? { says, spans: [] };
    scenario.spans.push([from, to]);
    scenarios.set(key, scenario);
  }
  return Array.from(scenarios.values(), ({ says, spans }) => {
    const person = personOf(explored, graph, says);
    return { hours: hoursText(spans), ...(person === undefined ? {} : { person }) };
  });
}

/** A range in minutes since Monday, 00:00. */
type Span = readonly [from: number, to: number];

function spansOf({ weekly }: Pick<OpeningHours, 'weekly'>): Span[] {
  return weekdays.flatMap((name, index) =>
    (weekly[name] ?? []).flatMap(([begins, ends]): Span[] => {
      const from = index * day + minutesOf(begins);
      const to = index * day + minutesOf(ends) + (minutesOf(ends) <= minutesOf(begins) ? day : 0);
      // A range past Sunday midnight continues on Monday.
      return to <= week
        ? [[from, to]]
        : [
            [from, week],
            [0, to - week],
          ];
    }),
  );
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Ranges by day; consecutive days with equal hours are joined: `mon–fri 09:00–18:00`. */
function hoursText(spans: readonly Span[]): string {
  const days = weekdays.map((name, index) => {
    const own = spans.flatMap(([from, to]): Span[] => {
      const [begins, ends] = [Math.max(from - index * day, 0), Math.min(to - index * day, day)];
      return begins < ends ? [[begins, ends]] : [];
    });
    return {
      name,
      hours: joined(own)
        .map(([from, to]) => `${timeText(from)}–${timeText(to)}`)
        .join(' and '),
    };
  });
  const groups: { first: string; last: string; hours: string }[] = [];
  for (const { name, hours } of days) {
    const before = groups.at(-1);
    if (before?.hours === hours) before.last = name;
    else groups.push({ first: name, last: name, hours });
  }
  return groups
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`)
    .join(', ');
}

function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const [from, to] of spans) {
    const last = found.at(-1);
    if (last?.[1] === from) found[found.length - 1] = [last[0], to];
    else found.push([from, to]);
  }
  return found;
}

function timeText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
