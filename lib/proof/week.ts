import { minutesOf, type OpeningHours, type ScheduleState, weekdays } from '../flow/schedule.ts';
import { joinedSpans, type KnownHours, type MinuteSpan, spansText } from './hours.ts';
import type { PersonIn, PersonProof } from './persons.ts';

/** The distance to a person in some hours of an ordinary week; without `person` none can be reached then. */
export interface WeekPerson {
  /** The hours, in the time zone of the schedules: `mon–fri 09:00–18:00, sat 10:00–14:00`. */
  readonly hours: string;
  readonly person?: PersonProof;
}

const day = 24 * 60;
const week = 7 * day;

/** The distances to a person by the weekly hours of schedules; holidays and overrides are ignored. Empty if there are no schedules. */
export function personsInWeek(schedules: KnownHours, personIn: PersonIn): WeekPerson[] {
  const deciding = Array.from(schedules, ([id, hours]) => [id, spansOf(hours)] as const);
  if (deciding.length === 0) return [];
  const scenarios = new Map<string, { says: Map<string, ScheduleState>; spans: MinuteSpan[] }>();
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
    const person = personIn(says);
    return { hours: hoursText(spans), ...(person === undefined ? {} : { person }) };
  });
}

function spansOf({ weekly }: Pick<OpeningHours, 'weekly'>): MinuteSpan[] {
  return weekdays.flatMap((name, index) =>
    (weekly[name] ?? []).flatMap(([begins, ends]): MinuteSpan[] => {
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

/** Ranges by day; consecutive days with equal hours are joined: `mon–fri 09:00–18:00`. */
function hoursText(spans: readonly MinuteSpan[]): string {
  const days = weekdays.map((name, index) => {
    const own = spans.flatMap(([from, to]): MinuteSpan[] => {
      const [begins, ends] = [Math.max(from - index * day, 0), Math.min(to - index * day, day)];
      return begins < ends ? [[begins, ends]] : [];
    });
    return {
      name,
      hours: spansText(joinedSpans(own)),
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
