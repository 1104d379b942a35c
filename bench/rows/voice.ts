import { subscribe } from 'node:diagnostics_channel';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { lastStep } from '../drawing.ts';
import { type Cost, median, race, ratio, timed } from '../race.ts';
import type { Aim, Line } from '../report.ts';
import { eventOf } from '../webhook.ts';
import { freshVersions, type World } from '../world.ts';

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** How many versions a round reads anew, and how many rounds there are: each version can be new just once. */
const freshTimes = 5;
const rounds = 60;

/**
 * One webhook through the packaged function, beside functions that do less and one that does it as tutorials do: by
 * processor time where nothing is waited for, since others may want the processor, too; else by the clock as well.
 */
export async function measure({ modules }: World): Promise<Line[]> {
  const { handler: voice } = await load(modules.voice);
  const { handler: form } = await load(modules.form);
  const { handler: empty } = await load(modules.empty);
  const { handler: tutorial, reading } = await load(modules.tutorial);
  const webhook = eventOf(lastStep(5, 1));
  const incoming = eventOf('/voice/incoming');
  const fresh = freshWebhooks();
  const serves = (handler: Handler, event: APIGatewayProxyEventV2, times: number) =>
    timed(times, () => served(handler, event));

  await warm(serves(voice, webhook, 2000), serves(form, webhook, 2000), serves(tutorial, webhook, 2000));
  const samples = await race(
    {
      empty: serves(empty, webhook, 300),
      form: serves(form, webhook, 300),
      again: serves(form, webhook, 300),
      warm: serves(voice, webhook, 300),
      tutorial: serves(tutorial, webhook, 300),
      arriving: serves(voice, incoming, freshTimes),
      fresh: timed(freshTimes, () => served(voice, fresh.next().value)),
      reading: serves(reading, webhook, freshTimes),
    },
    rounds,
  );
  const line = (what: string, costs: readonly Cost[], clock: keyof Cost, aim?: Aim) =>
    besideForm(what, costs, samples.form, clock, aim);
  return [
    line('form and signature alone', samples.form, 'cpu'),
    line('form and signature alone again (A/A: the noise)', samples.again, 'cpu'),
    line('empty function', samples.empty, 'cpu'),
    line('a step, flow in memory', samples.warm, 'cpu', { most: 1.5 }),
    await operations(voice, webhook),
    line('tutorial style, flow in the code', samples.tutorial, 'cpu', { about: 4 }),
    line('a step, flow not in memory (1 read), by the clock', samples.fresh, 'wall'),
    line('a call arrives, flow in memory (2 reads), by the clock', samples.arriving, 'wall'),
    line('tutorial style, flow read anew (2 reads), by the clock', samples.reading, 'wall', { about: 200 }),
    line('a step, flow not in memory, processor time', samples.fresh, 'cpu'),
    line('a call arrives, processor time', samples.arriving, 'cpu'),
    line('tutorial style, flow read anew, processor time', samples.reading, 'cpu'),
  ];
}

function besideForm(
  what: string,
  costs: readonly Cost[],
  form: readonly Cost[],
  clock: keyof Cost,
  aim: Aim | undefined,
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
async function operations(voice: Handler, webhook: APIGatewayProxyEventV2): Promise<Line> {
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

async function warm(...runners: (() => Promise<Cost>)[]): Promise<void> {
  for (const runner of runners) await runner();
}

async function load(module = ''): Promise<{ handler: Handler; reading: Handler }> {
  return await import(pathToFileURL(module).href);
}
