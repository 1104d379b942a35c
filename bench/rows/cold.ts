import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lastStep } from '../drawing.ts';
import { median, type Runner, race, ratio } from '../race.ts';
import type { Aim, Line } from '../report.ts';
import { startRuntime } from '../runtime.ts';
import type { Setup } from '../setup.ts';
import { apiEventOf, eventOf } from '../webhook.ts';

/** A cold start, in milliseconds: by the clock, and of its process on the processor, all threads, Node's own start included. */
interface Start {
  readonly wall: number;
  readonly cpu: number;
}

const rounds = 15;

const again = 'the same again (A/A: the noise)';
const stepOnAws = 'voice: a step (1 read), token from SSM as on AWS';

/** Cold starts: a new process loads the function and answers its first webhook. */
export async function measure(setup: Setup): Promise<Line[]> {
  const step = eventFile(setup, 'step', eventOf(lastStep(5, 1)));
  const incoming = eventFile(setup, 'incoming', eventOf('/voice/incoming'));
  const groups = eventFile(setup, 'groups', apiEventOf('/api/skill-groups'));
  const starts = (name: string, file: string, environment: Record<string, string> = {}) =>
    startOf(setup.modules.first ?? '', setup.modules[name] ?? '', file, environment);
  const asOnAws = {
    TWILIO_AUTH_TOKEN: 'ssm:/branchline/bench/token',
    AWS_ENDPOINT_URL_SSM: setup.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
  };
  const samples = await race(
    {
      empty: starts('empty', step),
      client: starts('client', step),
      again: starts('client', step),
      voice: starts('voice', step),
      voiceOnAws: starts('voice', step, asOnAws),
      tutorial: starts('tutorial', step),
      clientIncoming: starts('client', incoming),
      voiceIncoming: starts('voice', incoming),
      admin: starts('admin', groups),
    },
    rounds,
  );
  const lines = (clock: keyof Start, end: string, aim?: Aim) => [
    besides('DynamoDB client alone, 1 read', samples.client, samples.client, clock, end),
    besides(again, samples.again, samples.client, clock, end),
    besides('empty function', samples.empty, samples.client, clock, end),
    besides('voice: a step (1 read)', samples.voice, samples.client, clock, end, aim),
    besides(stepOnAws, samples.voiceOnAws, samples.client, clock, end, aim && { most: 1.1 }),
    besides('tutorial style, flow in the code', samples.tutorial, samples.client, clock, end),
    besides(
      'voice: a call arrives (3 reads)',
      samples.voiceIncoming,
      samples.clientIncoming,
      clock,
      end,
      aim,
    ),
    besides('admin: a list of groups (1 read)', samples.admin, samples.client, clock, end),
  ];
  const wall = lines('wall', 'by the clock');
  const cpu = lines('cpu', 'processor time', { most: 1.15 }).map((line): Line => {
    if (line.what.startsWith(again)) return { ...line, noise: true };
    return line.what.startsWith(stepOnAws) ? { ...line, limit: 1.15 } : line;
  });
  return [...cpu, ...wall, ...(process.env.BENCH_RIC === undefined ? [] : await underLambda(setup))];
}

function besides(
  what: string,
  starts: readonly Start[],
  base: readonly Start[],
  clock: keyof Start,
  end: string,
  aim?: Aim,
): Line {
  const values = starts.map((start) => start[clock]);
  return {
    what: `${what}; ${end}`,
    measured: median(values),
    unit: 'ms',
    ratio: ratio(
      values,
      base.map((start) => start[clock]),
    ),
    beside: 'DynamoDB client alone',
    ...(aim === undefined ? {} : { aim }),
  };
}

function startOf(
  first: string,
  module: string,
  event: string,
  environment: Readonly<Record<string, string>>,
): Runner<Start> {
  return async () => {
    const begin = performance.now();
    const child = spawn(process.execPath, [first, module, event], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const said = child.stdio[3];
    if (said == null) throw new Error('The cold process has no stream to speak on.');
    const ended = once(child, 'exit');
    const [text] = await once(said, 'data');
    const wall = performance.now() - begin;
    await ended;
    const { statusCode, cpu } = JSON.parse(String(text));
    if (statusCode !== 200) throw new Error(`${module} answered ${statusCode} when cold.`);
    return { wall, cpu: cpu / 1000 };
  };
}

/** The same under AWS's own runtime client, if it is installed. */
async function underLambda({ modules }: Setup): Promise<Line[]> {
  const runtime = await startRuntime(eventOf(lastStep(5, 1)));
  const starts = (name: string): Runner<number> => {
    const root = dirname(dirname(modules[name] ?? ''));
    return () => runtime.start(root, `functions/${name}.handler`);
  };
  const samples = await race(
    { client: starts('client'), again: starts('client'), empty: starts('empty'), voice: starts('voice') },
    rounds,
  );
  runtime.close();
  const names = {
    client: 'DynamoDB client alone, 1 read',
    again: 'the same again (A/A: the noise)',
    empty: 'empty function',
    voice: 'voice: a step (1 read)',
  };
  return Object.entries(names).map(([name, what]): Line => {
    const values = samples[name as keyof typeof names];
    return {
      what: `${what}; under aws-lambda-ric`,
      measured: median(values),
      unit: 'ms',
      ratio: ratio(values, samples.client),
      beside: 'DynamoDB client alone',
      ...(name === 'voice' ? { aim: { most: 1.15 } } : {}),
    };
  });
}

function eventFile({ modules }: Setup, name: string, event: object): string {
  const file = join(dirname(modules.first ?? ''), `${name}.json`);
  writeFileSync(file, JSON.stringify(event));
  return file;
}
