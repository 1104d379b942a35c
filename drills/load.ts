import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { givenNumber } from '../cli/given.ts';
import { refuseStage } from '../cli/run.ts';
import { publicUrlOf, tokensOf } from '../cli/stage.ts';
import { NoTarget } from '../cli/target.ts';
import { printError } from '../local/terminal.ts';
import { readWords } from '../local/usage.ts';
import { freePort } from '../test/kit/port.ts';
import { type Manner, runCall, type Sample, type Target } from './loadcall.ts';
import { kill, publishFlow, type Running, startStack } from './stack.ts';

const usage = `npm run load [-- --calls N] [--minutes N] [--think SECONDS] [--stage NAME --number +1555…] [--key K]
A carrier with 1,000 calls at a time for 20 minutes, each with a webhook every 6.7 s or so. Without --stage a stack of its own is
started; with it the calls go to a deployed stage, with the caller's AWS credentials: they cost money and leave call records.`;

/** What is measured of a run. */
interface Load {
  webhooks: number;
  calls: number;
  apologies: number;
  readonly failures: Map<number, number>;
  readonly times: ReturnType<typeof createHistogram>;
}

/** A menu that leads to three more, then goodbye. */
const flow = {
  ...{ schema: 1, id: 'load', name: 'Load', language: 'en-US' },
  nodes: {
    start: { type: 'start', exits: { next: 'one' } },
    ...Object.fromEntries(
      ['one', 'two', 'three', 'four'].map((id, place, all) => [
        id,
        {
          ...{ type: 'branch', prompt: { text: `This is menu ${id}. Press 1 to go on.` }, label: id },
          exits: { '1': all[place + 1] ?? 'bye' },
        },
      ]),
    ),
    bye: { type: 'end', prompt: { text: 'Goodbye.' } },
  },
};
const number = '+15550100';

function wordsOf() {
  const words = parseArgs({
    options: {
      ...{ calls: { type: 'string' }, minutes: { type: 'string' }, think: { type: 'string' } },
      ...{ stage: { type: 'string' }, number: { type: 'string' }, key: { type: 'string' } },
      help: { type: 'boolean' },
    },
  });
  const { values } = words;
  for (const option of ['calls', 'minutes', 'think'] as const) {
    if (!(Number(values[option] ?? 1) > 0)) throw new Error(`--${option} takes a number above 0.`);
  }
  if (values.stage !== undefined) {
    if (values.number === undefined) throw new Error('--stage needs --number, a number that is bound there.');
    refuseStage(values.stage);
    givenNumber(values.number);
  }
  return words;
}

async function main(): Promise<void> {
  const words = readWords(usage, wordsOf);
  if (words === undefined) return;
  const { values } = words;
  const [calls, minutes] = [Number(values.calls ?? 1000), Number(values.minutes ?? 20)];
  const thinkSeconds = Number(values.think ?? 6.7);
  const manner = { key: values.key ?? '1', thinkSeconds, patience: 12 };
  if (values.stage !== undefined) {
    const target = await targetOn(values.stage, values.number ?? '');
    if (target !== undefined) tell(await run(target, manner, { calls, minutes }), minutes);
    return;
  }
  await onOwnStack(manner, { calls, minutes });
}

/** A deployed stage as the target. If it cannot be read, says why, sets the exit code to 1, and returns `undefined`. */
async function targetOn(stage: string, called: string): Promise<Target | undefined> {
  try {
    const publicUrl = await publicUrlOf(stage);
    const [token = ''] = await tokensOf(stage);
    return { url: publicUrl, publicUrl, token, number: givenNumber(called) };
  } catch (error) {
    if (!(error instanceof NoTarget)) throw error;
    printError(error.message);
    process.exitCode = 1;
    return undefined;
  }
}

async function onOwnStack(manner: Manner, plan: Plan): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-load-'));
  const running = await startStack(dataDir, await freePort());
  try {
    await publishFlow(running, flow, number);
    const { url, publicUrl } = running.stack;
    const target = { url, publicUrl, token: running.authToken, number };
    const before = usageOf(running);
    const used: Usage[] = [];
    const load = await run(target, manner, plan, () => used.push(usageOf(running) ?? unknownUsage));
    tell(load, plan.minutes);
    const after = usageOf(running);
    if (before !== undefined && after !== undefined) {
      const cpu = (after.cpuMs - before.cpuMs) / load.webhooks;
      console.log(`CPU a webhook, gateway, functions and database together   ${cpu.toFixed(1)} ms`);
      const inMegabytes = (what: 'ownMb' | 'mappedMb') =>
        `${(used.length === 0 ? [after] : used).map((each) => Math.round(each[what])).join(', ')} MB`;
      console.log(`memory of the stack, each minute         ${inMegabytes('ownMb')}`);
      console.log(`files that it has mapped, each minute    ${inMegabytes('mappedMb')}`);
    }
  } finally {
    await kill(running);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Plan {
  readonly calls: number;
  readonly minutes: number;
}

/** Keeps a number of calls going for a time. Each minute `each` is told. */
async function run(target: Target, manner: Manner, { calls, minutes }: Plan, each = () => {}): Promise<Load> {
  const load: Load = { webhooks: 0, calls: 0, apologies: 0, failures: new Map(), times: createHistogram() };
  const note = ({ ms, status, isApology }: Sample) => {
    load.webhooks += 1;
    load.times.record(Math.max(1, Math.round(ms * 1000)));
    if (isApology) load.apologies += 1;
    if (status !== 200) load.failures.set(status, (load.failures.get(status) ?? 0) + 1);
  };
  const endsAt = performance.now() + minutes * 60_000;
  const isOver = () => performance.now() >= endsAt;
  const lane = async (place: number) => {
    // They do not all arrive at once.
    await sleep(Math.random() * manner.thinkSeconds * 1000 * 2);
    for (let count = 0; !isOver(); count += 1) {
      await runCall(target, `CAload${process.pid}x${place}x${count}`, manner, note, isOver);
      load.calls += 1;
    }
  };
  const timer = setInterval(each, 60_000);
  await Promise.all(Array.from({ length: calls }, (_, place) => lane(place)));
  clearInterval(timer);
  return load;
}

/** What the process of a stack has used. */
interface Usage {
  readonly cpuMs: number;
  /** Memory of its own, in MB. */
  readonly ownMb: number;
  /** The part of its program and of the database's files that lies in memory: the system takes it back when it needs the room. */
  readonly mappedMb: number;
}

const unknownUsage: Usage = { cpuMs: Number.NaN, ownMb: Number.NaN, mappedMb: Number.NaN };

/** What a stack has used so far; `undefined` if the system does not say (it does on Linux). */
function usageOf({ child }: Running): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    // The kernel counts in hundredths of a second.
    const cpuMs = (Number(stat[11]) + Number(stat[12])) * 10;
    const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    return { cpuMs, ownMb: megabytes('RssAnon'), mappedMb: megabytes('RssFile') };
  } catch {
    return undefined;
  }
}

function tell({ webhooks, calls, apologies, failures, times }: Load, minutes: number): void {
  const ms = (percentile: number) => `${(times.percentile(percentile) / 1000).toFixed(0)} ms`;
  const bad = [...failures]
    .map(([status, many]) => `${many} × ${status === 0 ? 'no answer' : status}`)
    .join(', ');
  console.log(
    `webhooks   ${webhooks.toLocaleString('en-US')}, ${(webhooks / (minutes * 60)).toFixed(0)} a second, of ${calls.toLocaleString('en-US')} calls that ended`,
  );
  console.log(`answered   p50 ${ms(50)}, p99 ${ms(99)}, max ${(times.max / 1000).toFixed(0)} ms`);
  console.log(`errors     ${bad === '' ? 'none' : bad}`);
  console.log(`apologies  ${apologies}`);
  process.exitCode = bad === '' && apologies === 0 ? 0 : 1;
}

await main();
