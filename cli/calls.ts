import { parseArgs } from 'node:util';
import type { Admin } from '../lib/admin/admin.ts';
import {
  type CallRecord,
  type CallStep,
  type Heard,
  listCalls,
  readCall,
  readTime,
} from '../lib/admin/calls.ts';
import { numberOrWord } from '../lib/flow/phone.ts';
import type { CallSummary } from '../lib/journal/record.ts';
import type { CallFilter } from '../lib/store/calls/calls.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, refuseStage, run } from './command.ts';
import type { RefileOrder } from './refile.ts';
import { openAdmin, refusalOf } from './target.ts';

const usage = `npm run calls                  the calls, newest first
npm run calls -- CALLSID       one call, step by step, with what was heard
npm run calls -- refile --since TIME --stage NAME
                               makes records from a deployed stage's log again, if the journal could not

  --number NUMBER         only calls from or to a number (+15550100)
  --flow ID               only calls of a flow
  --since TIME            only calls that began then or later (2026-01-31, 2026-01-31T09:30:00Z)
  --until TIME            only calls that began before then
  --limit N               how many calls (50)
  --stage NAME            look at a deployed stage, not at the stack of this machine
  --json                  answer in JSON
  --help                  this page

Times are shown in this machine's time zone; a date alone is its first moment in UTC.
Exit code: 0 fine, 1 refused, 2 wrong usage.`;

const options = {
  number: { type: 'string' },
  flow: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string', default: '50' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What to look at. */
interface Order {
  readonly callSid?: string;
  readonly refile?: RefileOrder;
  readonly wanted: CallFilter & { readonly limit: number };
  readonly stage?: string | undefined;
  readonly json: boolean;
}

/** Runs the command with these words; the answer is its exit code. */
export function main(argv: string[]): Promise<number> {
  const refuse = (error: unknown, { stage }: Order) => refusalOf(error, stage);
  return run({ usage, parse, answer, refuse }, argv);
}

function wordsOf(args: string[]) {
  return parseArgs({ args, options, allowPositionals: true });
}

/** What is asked for; undefined where that is help. Throws on wrong usage. */
function parse(argv: string[]): Order | undefined {
  const { values, positionals } = wordsOf(argv);
  const { limit, stage, json, help, ...filters } = values;
  if (help) return undefined;
  refuseStage(stage);
  const [callSid, more] = positionals;
  if (callSid === 'refile' && more === undefined) return { ...refileOrder(values), json };
  if (more !== undefined) throw new Error(`One call at a time: what is "${more}"?`);
  if (callSid !== undefined && Object.keys(filters).length > 0)
    throw new Error('A call is shown whole: leave the filters out.');
  if (!/^[1-9][0-9]{0,5}$/.test(limit)) throw new Error('--limit takes a number from 1 on.');
  const number = filters.number === undefined ? {} : { number: numberOrWord(filters.number) };
  const wanted = { ...filters, ...number, limit: Number(limit) };
  return { wanted, stage, json, ...(callSid === undefined ? {} : { callSid }) };
}

function refileOrder({ since, until, stage, number, flow }: ReturnType<typeof wordsOf>['values']) {
  if (number !== undefined || flow !== undefined)
    throw new Error('refile takes all calls of a time: leave --number and --flow out.');
  if (stage === undefined)
    throw new Error(
      'refile reads the log of a deployed stage: --stage NAME. A stack of this machine keeps none.',
    );
  if (since === undefined) throw new Error('refile needs --since TIME, such as 2026-01-31T09:30:00Z.');
  const span = {
    since: readTime('--since', since),
    ...(until === undefined ? {} : { until: readTime('--until', until) }),
  };
  return { refile: { stage, ...span }, stage, wanted: { limit: 0 } };
}

async function answer({ refile: order, callSid, wanted, stage }: Order): Promise<Answer> {
  if (order !== undefined) return await refileAnswer(order);
  const admin = openAdmin(stage);
  try {
    if (callSid !== undefined) {
      const call = await readCall(admin, callSid);
      return { text: whole(call), json: call };
    }
    const calls = await newest(admin, wanted);
    return { text: calls.length === 0 ? nothing(wanted, stage) : table(calls), json: { calls } };
  } finally {
    admin.table.client.destroy();
  }
}

async function refileAnswer(order: RefileOrder): Promise<Answer> {
  // Only this needs the SDK's clients of the log and of Lambda.
  const { refile } = await import('./refile.ts');
  const done = await refile(order);
  const records = `${done.calls} ${done.calls === 1 ? 'record' : 'records'}`;
  const found = `${done.lines} ${done.lines === 1 ? 'line' : 'lines'} of the log since ${order.since}`;
  const unread = done.unread === 0 ? '' : ` ${done.unread} of them could not be read.`;
  return { text: `Made ${records} from ${found}.${unread}`, json: done };
}

/** Page by page, as many calls as are wanted. */
async function newest(admin: Admin, { limit, ...wanted }: Order['wanted']): Promise<CallSummary[]> {
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

function table(calls: readonly CallSummary[]): string {
  const head = ['BEGAN', 'FROM', 'TO', 'FLOW', 'TOOK', 'END', 'CALL'];
  return columns([
    head,
    ...calls.map((call) => [
      clock(call.startedAt),
      call.from ?? '-',
      `→ ${call.to ?? '-'}`,
      flowOf(call),
      durationOf(call),
      `${call.endReason ?? '-'}${call.missing.length === 0 ? '' : ' (steps missing)'}`,
      call.callSid,
    ]),
  ]);
}

function nothing({ limit: _, ...filters }: Order['wanted'], stage: string | undefined): string {
  if (Object.keys(filters).length > 0) return 'No call fits: leave out a filter.';
  const hint =
    stage === undefined ? 'npm run call -- +15550100 makes one.' : 'a number that is bound takes them.';
  return `There are no calls yet: ${hint}`;
}

function whole(call: CallRecord): string {
  const { missing, steps, from = '-', to = '-', endReason } = call;
  const took = [durationOf(call), endReason].filter((each) => each !== undefined && each !== '-');
  return [
    call.callSid,
    `${clock(call.startedAt)}  ${inline(`${from} → ${to}`)}  ${flowOf(call)}  ${took.join(', ') || 'has not ended yet'}`,
    ...(missing.length === 0 ? [] : [`The log has not told of these steps: ${missing.join(', ')}`]),
    '',
    ...steps.flatMap((step) => stepLines(call, step)),
  ].join('\n');
}

function stepLines({ startedAt }: CallSummary, step: CallStep): string[] {
  const { at, node, flow, version, heard, key, digits, silent, agent, exit, lost, forgot, unset, fault } =
    step;
  const happened = [
    flow === undefined ? node : `${node} of ${flow} v${version}`,
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(digits === undefined ? [] : [`${digits} ${digits === 1 ? 'key' : 'keys'} typed`]),
    ...(silent ? ['no key'] : []),
    ...(agent === undefined ? [] : [`agent ${agent}`]),
    ...(lost === undefined ? [] : [lost]),
    ...(forgot ? ['its variables could not be opened'] : []),
    ...(unset === undefined ? [] : [`did not fit: ${unset.join(', ')}`]),
    ...(fault === undefined ? [] : [`fault: ${fault}`]),
  ].filter((each) => each !== '');
  const line = inline(`${happened.join(', ')}${exit === undefined ? '' : ` → ${exit}`}`);
  const sounds = heard?.map(soundOf) ?? ['(what was heard cannot be told any more)'];
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

/** Minutes and seconds: `0:07`. */
function spanOf(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A time as this machine's clock shows it: `2026-01-31 09:30:00`. */
function clock(at: string): string {
  // Sweden writes times as ISO 8601 does.
  return new Date(at).toLocaleString('sv-SE');
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
