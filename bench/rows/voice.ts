import { subscribe } from 'node:diagnostics_channel';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { lastStep, tellingStep } from '../drawing.ts';
import { type Cost, median, race, ratio, timed } from '../race.ts';
import type { Aim, Line } from '../report.ts';
import { freshVersions, type Setup } from '../setup.ts';
import { callSid, eventOf, token } from '../webhook.ts';

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** What is raced: the functions, and the webhook of a step whose flow is in memory. */
interface Field {
  readonly voice: Handler;
  readonly form: Handler;
  readonly empty: Handler;
  readonly tutorial: Handler;
  readonly reading: Handler;
  readonly webhook: APIGatewayProxyEventV2;
}

/** One webhook through the packaged function, beside functions that do less and one that does it as tutorials do. */
export async function measure({ modules }: Setup): Promise<Line[]> {
  const { handler: voice } = await load(modules.voice);
  const { handler: form } = await load(modules.form);
  const { handler: empty } = await load(modules.empty);
  const { handler: tutorial, reading } = await load(modules.tutorial);
  const field = { voice, form, empty, tutorial, reading, webhook: eventOf(lastStep(5, 1)) };
  return [...(await warmSteps(field)), await operations(field), ...(await reads(field))];
}

/** By processor time: nothing is waited for, and others may want the processor, too. */
async function warmSteps({ voice, form, empty, tutorial, webhook }: Field): Promise<Line[]> {
  const serves = (handler: Handler) => timed(1000, () => served(handler, webhook));
  const telling = eventOf(tellingStep(token, callSid));
  const others = { telling: timed(1000, () => served(voice, telling)), tutorial: serves(tutorial) };
  const runners = { form: serves(form), again: serves(form), empty: serves(empty), voice: serves(voice) };
  const samples = await race({ ...runners, ...others }, 40);
  const allocated = (handler: Handler, event = webhook) => allocatedBy(() => handler(event));
  const kilobytes = [await allocated(voice), await allocated(form), await allocated(voice, telling)];
  const line = (what: string, costs: readonly Cost[], aim?: Aim) =>
    besideForm(what, costs, samples.form, 'cpu', aim);
  return [
    line('form and signature alone', samples.form),
    { ...line('form and signature alone again (A/A: the noise)', samples.again), noise: true },
    line('empty function', samples.empty),
    { ...line('a step, flow in memory', samples.voice, { most: 1 }), limit: 1.4 },
    line('a step that opens, tells and seals variables', samples.telling, { most: 2.5 }),
    line('tutorial style, flow in the code', samples.tutorial, { about: 4 }),
    ...['a step', 'form and signature alone', 'a step with variables'].map(
      (what, place): Line => ({
        what: `memory that is allocated: ${what}`,
        measured: (kilobytes[place] ?? Number.NaN) / 1000,
        unit: 'KB',
        ...(place === 0 ? { aim: { most: 15 } } : {}),
      }),
    ),
  ];
}

/** What work leaves on the heap, in bytes: the rounds in which the collector ran meanwhile count least. */
async function allocatedBy(work: () => Promise<unknown>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    globalThis.gc?.({ type: 'minor' });
    const before = process.memoryUsage().heapUsed;
    for (let run = 0; run < 100; run += 1) await work();
    rounds.push((process.memoryUsage().heapUsed - before) / 100);
  }
  return median(rounds.filter((bytes) => bytes > 0));
}

/** How many versions a round reads again: each can be new just once. */
const freshTimes = 6;
const readRounds = 60;

/** By the clock, which is what the caller waits for, and by processor time; the table answers at once. */
async function reads({ voice, form, reading, webhook }: Field): Promise<Line[]> {
  const fresh = freshWebhooks();
  const incoming = eventOf('/voice/incoming');
  const samples = await race(
    {
      form: timed(300, () => served(form, webhook)),
      fresh: timed(freshTimes, () => served(voice, fresh.next().value)),
      incoming: timed(freshTimes, () => served(voice, incoming)),
      tutorial: timed(freshTimes, () => served(reading, webhook)),
    },
    readRounds,
  );
  const lines = (clock: keyof Cost, end: string, aim?: Aim) => [
    besideForm(`a step, flow not in memory (1 read); ${end}`, samples.fresh, samples.form, clock),
    besideForm(`a call arrives, flow in memory (2 reads); ${end}`, samples.incoming, samples.form, clock),
    besideForm(
      `tutorial style, flow read again (2 reads); ${end}`,
      samples.tutorial,
      samples.form,
      clock,
      aim,
    ),
  ];
  return [...lines('wall', 'by the clock', { about: 200 }), ...lines('cpu', 'processor time')];
}

function besideForm(
  what: string,
  costs: readonly Cost[],
  form: readonly Cost[],
  clock: keyof Cost,
  aim?: Aim,
): Line {
  const values = costs.map((cost) => cost[clock]);
  const base = form.map((cost) => cost[clock]);
  return {
    what,
    measured: median(values),
    unit: 'µs',
    ratio: ratio(values, base),
    beside: 'form and signature',
    ...(aim === undefined ? {} : { aim }),
  };
}

/** What a warm step asks of anybody over any socket: reads and writes alike. */
async function operations({ voice, webhook }: Field): Promise<Line> {
  let asked = 0;
  const count = () => {
    asked += 1;
  };
  for (const channel of ['http.client.request.start', 'net.client.socket', 'undici:request:create']) {
    subscribe(channel, count);
  }
  for (let run = 0; run < 1000; run += 1) await served(voice, webhook);
  const quiet = asked;
  await served(voice, eventOf('/voice/incoming'));
  if (asked === quiet) throw new Error('The count sees no reads: a call that arrives has some.');
  return {
    what: 'reads and writes of 1,000 such steps',
    measured: quiet,
    unit: 'operations',
    aim: { most: 0 },
  };
}

/** Webhooks of versions that the function has not read yet, each once. */
function* freshWebhooks(): Generator<APIGatewayProxyEventV2, never> {
  for (let version = 2; version <= freshVersions; version += 1) yield eventOf(lastStep(5, version));
  throw new Error('There are fewer versions than the rounds read.');
}

async function served(handler: Handler, event: APIGatewayProxyEventV2): Promise<void> {
  const { statusCode } = await handler(event);
  if (statusCode !== 200) throw new Error(`A function on the bench answered ${statusCode}.`);
}

async function load(module = ''): Promise<{ handler: Handler; reading: Handler }> {
  return await import(pathToFileURL(module).href);
}
