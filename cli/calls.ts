import type { Admin } from '../lib/admin/admin.ts';
import {
  type CallRecord,
  type CallStep,
  type Heard,
  listCalls,
  readCall,
  readTime,
} from '../lib/admin/calls.ts';
import { callScript } from '../lib/admin/callscript.ts';
import { numberOrWord } from '../lib/flow/phone.ts';
import { spanOf } from '../lib/flow/span.ts';
import type { CallSummary } from '../lib/journal/record.ts';
import type { CallFilter } from '../lib/store/calls/calls.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, command, onStage, type Program } from './command.ts';
import { forgetAnswer } from './forget.ts';
import { givenCaller } from './given.ts';
import { localTime } from './localtime.ts';
import { runProcess } from './process.ts';
import type { RefileOrder } from './refile.ts';
import { run } from './run.ts';
import { openAdmin, refusalOf, withAdmin } from './target.ts';

/** Which calls to list. */
interface Wanted extends CallFilter {
  readonly limit: number;
}

/** Call records. */
export const calls: Program = {
  name: 'calls',
  about: 'Shows what callers did, and what they heard.',
  plain: command({
    takes: '[CALLSID]',
    summary: 'the calls, newest first; with CALLSID one call, step by step, with what was heard',
    options: {
      number: {
        value: 'NUMBER',
        about: 'only calls from or to a number (+15550100), a SIP address, or "anonymous"',
      },
      flow: { value: 'ID', about: 'only calls of a flow' },
      since: {
        value: 'TIME',
        about: 'only calls that began then or later (2026-01-31, 2026-01-31T09:30:00Z)',
      },
      until: { value: 'TIME', about: 'only calls that began before then' },
      limit: { value: 'N', about: 'how many calls (50)' },
      script: { about: 'with CALLSID: the call as a call script, without data of its caller' },
      ...onStage,
    },
    examples: [
      '',
      '--flow office --since 2026-01-31',
      'CA0123456789abcdef0123456789abcdef',
      '--number +15550100 --json',
    ],
    check([callSid], { number, flow, since, until, limit = '50', script }) {
      if (script && callSid === undefined)
        throw new Error('--script takes the id of a call: CALLSID --script.');
      const filters = [number, flow, since, until].filter((each) => each !== undefined);
      if (callSid !== undefined && filters.length > 0)
        throw new Error('A call is shown whole: leave the filters out.');
      if (!/^[1-9][0-9]{0,5}$/.test(limit)) throw new Error('--limit takes a number from 1 on.');
      if (number !== undefined) void givenCaller(number);
      refuseSpan(since, until);
    },
    async run([callSid], { number, flow, since, until, limit = '50', stage, script }) {
      if (callSid !== undefined)
        return await withAdmin(openAdmin(stage), (admin) => (script ? showScript : show)(admin, callSid));
      const given = { number: number === undefined ? undefined : givenCaller(number), flow, since, until };
      const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const wanted = { ...filter, limit: Number(limit) };
      return await withAdmin(openAdmin(stage), (admin) => list(admin, wanted, stage));
    },
  }),
  commands: {
    forget: command({
      takes: 'NUMBER',
      takesAbout: 'the number of a caller, or another address as the list shows it (sip:bob@example.com)',
      summary: 'deletes the records of all calls from a number or address, and the messages of its caller',
      options: onStage,
      examples: ['forget +15550199', 'forget +15550199 --stage prod', 'forget sip:bob@example.com'],
      run: ([number = ''], { stage }) => forgetAnswer(numberOrWord(number), stage),
    }),
    refile: command({
      summary: "makes records from a deployed stage's log again, if the journal could not",
      options: {
        since: { value: 'TIME', about: 'from when on, such as 2026-01-31T09:30:00Z' },
        until: { value: 'TIME', about: 'until when; if left out, until now' },
        ...onStage,
      },
      examples: ['refile --since 2026-01-31T09:30:00Z --stage prod'],
      check: (_, values) => void refileOrder(values),
      run: (_, values) => refileAnswer(refileOrder(values)),
    }),
  },
  notes: "Times are shown in this machine's time zone; a date alone is its first moment in UTC.",
  refuse: (error, _, { stage }) => refusalOf(error, stage),
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(calls, words);
}

/** Throws a usage error if a time is malformed, or if no time lies between the two. */
function refuseSpan(since: string | undefined, until: string | undefined): void {
  const from = since === undefined ? undefined : readTime('--since', since);
  const to = until === undefined ? undefined : readTime('--until', until);
  if (from !== undefined && to !== undefined && from >= to)
    throw new Error('--until must be later than --since.');
}

/** The order for `refile`. Throws a usage error if stage or time is missing or malformed. */
function refileOrder({
  since,
  until,
  stage,
}: Record<'since' | 'until' | 'stage', string | undefined>): RefileOrder {
  if (stage === undefined)
    throw new Error(
      'refile reads the log of a deployed stage: --stage NAME. A stack of this machine keeps none.',
    );
  if (since === undefined) throw new Error('refile needs --since TIME, such as 2026-01-31T09:30:00Z.');
  refuseSpan(since, until);
  const from = { stage, since: readTime('--since', since) };
  return until === undefined ? from : { ...from, until: readTime('--until', until) };
}

async function show(admin: Admin, callSid: string): Promise<Answer> {
  const call = await readCall(admin, callSid);
  return { text: whole(call), json: call };
}

async function list(admin: Admin, wanted: Wanted, stage: string | undefined): Promise<Answer> {
  const found = await newest(admin, wanted);
  return { text: found.length === 0 ? nothing(wanted, stage) : table(found), json: { calls: found } };
}

/** A call as a script, checked against the version that it used. */
async function showScript(admin: Admin, callSid: string): Promise<Answer> {
  const script = await callScript(admin, callSid);
  return { text: script.trimEnd(), json: { callSid, script } };
}

async function refileAnswer(order: RefileOrder): Promise<Answer> {
  // Only this command needs the SDK's clients of CloudWatch Logs and Lambda.
  const { refile } = await import('./refile.ts');
  const done = await refile(order);
  const records = `${done.calls} ${done.calls === 1 ? 'record' : 'records'}`;
  const found = `${done.lines} ${done.lines === 1 ? 'line' : 'lines'} of the log since ${order.since}`;
  const unread = done.unread === 0 ? '' : ` ${done.unread} of them could not be read.`;
  return { text: `Made ${records} from ${found}.${unread}`, json: done };
}

/** The newest calls, up to `limit`, read page by page. */
async function newest(admin: Admin, { limit, ...wanted }: Wanted): Promise<CallSummary[]> {
  const found: CallSummary[] = [];
  for (let after: { after?: string } | undefined = {}; after !== undefined && found.length < limit; ) {
    const { items, next } = await listCalls(admin, {
      ...wanted,
      ...after,
      limit: Math.min(limit - found.length, 100),
    });
    found.push(...items);
    after = next === undefined ? undefined : { after: next };
  }
  return found;
}

function table(summaries: readonly CallSummary[]): string {
  const head = ['BEGAN', 'FROM', 'TO', 'FLOW', 'TOOK', 'END', 'CALL'];
  return columns([
    head,
    ...summaries.map((call) => [
      localTime(call.startedAt),
      call.from ?? '-',
      `→ ${call.to ?? '-'}`,
      flowOf(call),
      durationOf(call),
      `${call.endReason ?? '-'}${call.missing.length === 0 ? '' : ' (steps missing)'}`,
      call.callSid,
    ]),
  ]);
}

function nothing({ limit: _, ...filters }: Wanted, stage: string | undefined): string {
  if (Object.keys(filters).length > 0) return 'No call fits: leave out a filter.';
  const hint =
    stage === undefined ? 'npx branchline call +15550100 makes one.' : 'a number that is bound takes them.';
  return `There are no calls yet: ${hint}`;
}

function whole(call: CallRecord): string {
  const { missing, steps, from = '-', to = '-', endReason } = call;
  const took = [durationOf(call), endReason].filter((each) => each !== undefined && each !== '-');
  return [
    call.callSid,
    `${localTime(call.startedAt)}  ${inline(`${from} → ${to}`)}  ${flowOf(call)}  ${took.join(', ') || 'has not ended yet'}`,
    ...(missing.length === 0 ? [] : [`Steps that are missing in the log: ${missing.join(', ')}`]),
    '',
    ...steps.flatMap((step) => stepLines(call, step)),
  ].join('\n');
}

function stepLines({ startedAt }: CallSummary, step: CallStep): string[] {
  const {
    at,
    node,
    flow,
    version,
    heard,
    key,
    digits,
    silent,
    agent,
    exit,
    lost,
    assumed,
    forgot,
    unset,
    fault,
  } = step;
  const happened = [
    flow === undefined ? node : `${node} of ${flow} v${version}`,
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(digits === undefined ? [] : [`${digits} ${digits === 1 ? 'key' : 'keys'} typed`]),
    ...(silent ? ['no key'] : []),
    ...(agent === undefined ? [] : [`agent ${agent}`]),
    ...(lost === undefined ? [] : [lost]),
    ...(assumed ? ['no usable answer'] : []),
    ...(forgot ? ['its variables could not be opened'] : []),
    ...(unset === undefined ? [] : [`did not fit: ${unset.join(', ')}`]),
    ...(fault === undefined ? [] : [`fault: ${fault}`]),
  ].filter((each) => each !== '');
  const line = inline(`${happened.join(', ')}${exit === undefined ? '' : ` → ${exit}`}`);
  const sounds = heard?.map(soundOf) ?? ['(what was heard is no longer known)'];
  return [
    `${spanOf(startedAt, at).padStart(6)}  ${line}`,
    ...sounds.map((sound) => `${' '.repeat(10)}${sound}`),
  ];
}

function soundOf(sound: Heard): string {
  return 'text' in sound ? inline(sound.text) : `♪ ${sound.audio}`;
}

function flowOf({ flow, version }: CallSummary): string {
  return flow === undefined ? '-' : `${flow} v${version}`;
}

function durationOf({ startedAt, endedAt }: CallSummary): string {
  return endedAt === undefined ? '-' : spanOf(startedAt, endedAt);
}

if (import.meta.main) await runProcess(main);
