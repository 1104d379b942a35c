import * as v from 'valibot';
import type { Admin } from '../lib/admin/admin.ts';
import { wrong } from '../lib/admin/input.ts';
import { IsoTime } from '../lib/admin/scheduleInput.ts';
import { listSchedules, overrideSchedule, putSchedule, type ScheduleNow } from '../lib/admin/schedules.ts';
import { Failure } from '../lib/errors.ts';
import { defined } from '../lib/flow/defined.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, command, onStage, type Program, type Refusal } from './command.ts';
import { FileFault } from './file.ts';
import { run } from './run.ts';
import { readScheduleFile } from './schedulefile.ts';
import { openAdmin, openEditor, refusalOf } from './target.ts';

const switching = {
  until: {
    value: 'TIME',
    about: 'until then, such as 2026-10-01T18:00:00+08:00; until it is taken back if left out',
  },
  ...onStage,
};

/** Opening hours and the emergency switch. */
export const schedules: Program = {
  name: 'schedules',
  about: 'Sets opening hours, and closes or opens at once.',
  commands: {
    list: command({
      summary: 'the schedules, and what callers meet now',
      options: onStage,
      examples: ['list', 'list --stage prod'],
      run: (_, { stage }) => withAdmin(openAdmin, stage, list),
    }),
    push: command({
      takes: 'FILE',
      takesAbout: 'an argument: a file with a schedule',
      summary: 'creates a schedule, or sets all of what it is',
      details:
        'The file is JSON: { "id": "office", "name": "Office", "timeZone": "Europe/Berlin", "weekly": { "mon": [["09:00", "17:00"]] } }',
      options: onStage,
      examples: ['push schedules/office.json'],
      run: ([file = ''], { stage }) => withAdmin(openEditor, stage, (admin) => push(admin, file)),
    }),
    open: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'opens at once, whatever the hours are',
      options: switching,
      examples: ['open office', 'open office --until 2026-10-01T22:00:00+08:00'],
      run: ([id = ''], { until, stage }) =>
        withAdmin(openEditor, stage, (admin) => force(admin, id, 'open', until)),
    }),
    close: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'closes at once, whatever the hours are',
      options: switching,
      examples: ['close office', 'close office --until 2026-10-01T22:00:00+08:00'],
      run: ([id = ''], { until, stage }) =>
        withAdmin(openEditor, stage, (admin) => force(admin, id, 'closed', until)),
    }),
    auto: command({
      takes: 'ID',
      takesAbout: 'the id of a schedule',
      summary: 'takes back what open or close have set: the hours count again',
      options: onStage,
      examples: ['auto office'],
      run: ([id = ''], { stage }) =>
        withAdmin(openEditor, stage, (admin) => force(admin, id, 'auto', undefined)),
    }),
  },
  refuse,
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(schedules, words);
}

function refuse(error: unknown, _: readonly string[], { stage }: { stage?: unknown }): Refusal {
  if (error instanceof FileFault) {
    return { text: error.message, json: { error: 'unreadable', detail: error.message, problems: [] } };
  }
  const { text, json } = refusalOf(error, stage);
  const problems = error instanceof Failure ? error.problems : [];
  return { text: [...problems.map(({ message }) => inline(message)), text].join('\n'), json };
}

async function withAdmin(
  open: (stage: string | undefined) => Admin | Promise<Admin>,
  stage: string | undefined,
  act: (admin: Admin) => Promise<Answer>,
): Promise<Answer> {
  const admin = await open(stage);
  try {
    return await act(admin);
  } finally {
    admin.table.client.destroy();
  }
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

async function force(
  admin: Admin,
  id: string,
  state: 'open' | 'closed' | 'auto',
  until: string | undefined,
): Promise<Answer> {
  const [issue] = until === undefined ? [] : (v.safeParse(IsoTime, until).issues ?? []);
  if (issue !== undefined) throw wrong('until', issue.message);
  const schedule = await overrideSchedule(admin, id, { state, ...defined({ until }) });
  return { text: told(schedule), json: schedule };
}

function told({ id, state, changesAt }: ScheduleNow): string {
  const until = changesAt === undefined ? '' : ` until ${changesAt}`;
  return `${id} is ${state}${until}.`;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
