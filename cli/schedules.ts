import * as v from 'valibot';
import type { Admin } from '../lib/admin/admin.ts';
import { isDay } from '../lib/admin/input.ts';
import { IsoTime } from '../lib/admin/scheduleInput.ts';
import {
  listSchedules,
  overrideSchedule,
  putSchedule,
  readSchedule,
  type ScheduleNow,
  scheduleRevision,
} from '../lib/admin/schedules.ts';
import { listedHolidays, NoHolidayList } from '../lib/calendar/holidays.ts';
import { defined } from '../lib/flow/defined.ts';
import { proposedHolidays } from '../lib/flow/proposal.ts';
import { dateAt, type Holiday } from '../lib/flow/schedule.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, command, onStage, type Program, type Refusal } from './command.ts';
import { problemRefusal } from './problems.ts';
import { runProcess } from './process.ts';
import { run } from './run.ts';
import { readScheduleFile } from './schedulefile.ts';
import { openAdmin, openEditor, withAdmin } from './target.ts';

const switching = {
  until: {
    value: 'TIME',
    about: 'when it ends, such as 2026-10-01T18:00:00+08:00; if left out, when auto is set',
  },
  ...onStage,
};

/** Opening hours and the emergency switch. */
export const schedules: Program = {
  name: 'schedules',
  about: 'Sets opening hours, and closes or opens at once.',
  commands: {
    list: command({
      summary: 'the schedules, and whether they are open now',
      options: onStage,
      examples: ['list', 'list --stage prod'],
      run: (_, { stage }) => withAdmin(openAdmin(stage), list),
    }),
    push: command({
      takes: 'FILE',
      takesAbout: 'a file with a schedule',
      summary: 'creates or replaces a schedule',
      details:
        'The file is JSON: { "id": "office", "name": "Office", "timeZone": "Europe/Berlin", "weekly": { "mon": [["09:00", "17:00"]] } }',
      options: onStage,
      examples: ['push schedules/office.json'],
      run: ([file = ''], { stage }) => withAdmin(openEditor(stage), (admin) => push(admin, file)),
    }),
    propose: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'proposes holidays of a country that the schedule does not have yet; --take adds them',
      details:
        "The lists come with this program: China's with its make-up workdays, which get the hours of the first workday of the week, and the\npublic holidays of other countries. Compare them with the official ones before you take them.",
      options: {
        country: {
          value: 'COUNTRY',
          about: 'such as CN, DE, or a part of it: DE-BE; CN if left out and the time zone is China’s',
        },
        language: { value: 'LANGUAGE', about: 'of the names, such as zh or de; en if left out, zh for CN' },
        take: { value: 'DATES', about: 'adds these holidays: their first days separated by commas, or all' },
        ...onStage,
      },
      examples: [
        'propose office --country DE-BE',
        'propose office --country CN --take 2026-10-01,2026-10-10',
      ],
      run: ([id = ''], { stage, ...asked }) => {
        const open = asked.take === undefined ? openAdmin : openEditor;
        return withAdmin(open(stage), (admin) => propose(admin, id, asked));
      },
    }),
    open: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'opens at once, regardless of the hours',
      options: switching,
      examples: ['open office', 'open office --until 2026-10-01T22:00:00+08:00'],
      check: (_, { until }) => refuseUntil(until),
      run: ([id = ''], { until, stage }) =>
        withAdmin(openEditor(stage), (admin) => force(admin, id, 'open', until)),
    }),
    close: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'closes at once, regardless of the hours',
      options: switching,
      examples: ['close office', 'close office --until 2026-10-01T22:00:00+08:00'],
      check: (_, { until }) => refuseUntil(until),
      run: ([id = ''], { until, stage }) =>
        withAdmin(openEditor(stage), (admin) => force(admin, id, 'closed', until)),
    }),
    auto: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'ends what open or close have set: the hours apply again',
      options: onStage,
      examples: ['auto office'],
      run: ([id = ''], { stage }) =>
        withAdmin(openEditor(stage), (admin) => force(admin, id, 'auto', undefined)),
    }),
  },
  refuse,
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(schedules, words);
}

function refuse(error: unknown, [first = '']: readonly string[], { stage }: { stage?: unknown }): Refusal {
  if (error instanceof NoHolidayList)
    return { text: error.message, json: { error: 'unreadable', detail: error.message, problems: [] } };
  return problemRefusal(error, first, stage);
}

async function list(admin: Admin): Promise<Answer> {
  const rows = await collectPage((paging) => listSchedules(admin, paging));
  return { text: columns(rows.map(cellsOf)) || 'There are no schedules.', json: { schedules: rows } };
}

function cellsOf({ id, state, holiday, override, changesAt, timeZone, usedBy, name }: ScheduleNow): string[] {
  return [
    id,
    [state, holiday, override === undefined ? undefined : '(set by hand)'].filter(Boolean).join(' '),
    changesAt === undefined ? '-' : `until ${changesAt}`,
    timeZone,
    usedBy.map(({ flow }) => flow).join(' ') || '-',
    inline(name),
  ];
}

async function push(admin: Admin, file: string): Promise<Answer> {
  const schedule = await putSchedule(admin, readScheduleFile(file));
  return { text: told(schedule), json: schedule };
}

const chineseZones = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Chongqing', 'Asia/Harbin', 'PRC'];

async function propose(
  admin: Admin,
  id: string,
  asked: { country: string | undefined; language: string | undefined; take: string | undefined },
): Promise<Answer> {
  const schedule = await readSchedule(admin, id);
  const { timeZone, weekly, holidays = [], name } = schedule;
  const country = asked.country ?? (chineseZones.includes(timeZone) ? 'CN' : undefined);
  if (country === undefined)
    throw new NoHolidayList(`Which country's holidays? Name one by --country: ${timeZone} does not say.`);
  const language = asked.language ?? (country.toUpperCase() === 'CN' ? 'zh' : 'en');
  const listed = await listedHolidays(country, dateAt(timeZone, admin.now().getTime()), language);
  const proposed = proposedHolidays(schedule, listed);
  if (asked.take === undefined) return toldProposed(id, country, proposed, listed.at(-1)?.date);
  const dates = asked.take.split(',').map((date) => date.trim());
  const unknown = dates.find((date) => date !== 'all' && proposed.every((each) => each.date !== date));
  if (unknown !== undefined)
    throw new NoHolidayList(
      `No holiday that begins on "${unknown}" is proposed: run it without --take to see which are.`,
    );
  const taken = proposed.filter(({ date }) => dates.includes('all') || dates.includes(date));
  const all = [...holidays, ...taken].sort((one, other) => (one.date < other.date ? -1 : 1));
  const read = scheduleRevision(schedule);
  const hours = { ...{ id, name, timeZone, weekly }, holidays: all };
  const after = await putSchedule(admin, hours, (stored) => stored === read);
  return {
    text: `Entered: ${taken.length}. ${id} knows holidays until ${after.holidaysUntil ?? 'never'}.`,
    json: after,
  };
}

function toldProposed(
  id: string,
  country: string,
  proposed: readonly Holiday[],
  last: string | undefined,
): Answer {
  const ends =
    last === undefined
      ? `The list of ${country} has no holidays ahead.`
      : `The list of ${country} ends on ${last}.`;
  const rows = proposed.map(({ date, until, name, open }) => [
    date,
    until ?? '',
    open === undefined ? 'closed' : open.map((range) => range.join('-')).join(' '),
    inline(name),
  ]);
  const next =
    proposed.length === 0
      ? `There is nothing to add to ${id}.`
      : `Nothing is added yet: --take all adds these, --take ${proposed[0]?.date} only some.`;
  return {
    text: [columns(rows), ends, next].filter(Boolean).join('\n'),
    json: { country, until: last, proposed },
  };
}

/** Throws a usage error if `--until` is not a time. */
function refuseUntil(until: string | undefined): void {
  const [issue] = until === undefined ? [] : (v.safeParse(IsoTime, until).issues ?? []);
  if (issue !== undefined) throw new Error(`--until ${issue.message}.`);
  if (until !== undefined && !isDay(until.slice(0, 10)))
    throw new Error('--until names a day that does not exist.');
}

async function force(
  admin: Admin,
  id: string,
  state: 'open' | 'closed' | 'auto',
  until: string | undefined,
): Promise<Answer> {
  const schedule = await overrideSchedule(admin, id, { state, ...defined({ until }) });
  return { text: told(schedule), json: schedule };
}

function told({ id, state, changesAt }: ScheduleNow): string {
  const until = changesAt === undefined ? '' : ` until ${changesAt}`;
  return `${id} is ${state}${until}.`;
}

if (import.meta.main) await runProcess(main);
