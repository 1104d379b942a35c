import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { makeSpeech } from '../lib/admin/speech.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { openStorage } from '../lib/media/storage.ts';
import { putRefusal, putSpeech, speechAmong } from '../lib/store/settings/speech.ts';
import { storagePath } from '../local/aws/storage.ts';
import { setUpApi } from './kit/api.ts';
import { type HandClock, handClock, type PollyKit, startPolly, throttle } from './kit/polly.ts';
import { credentials } from './kit/table.ts';

const api = setUpApi();
let clock: HandClock;
let polly: PollyKit;
beforeAll(async () => {
  clock = handClock();
  polly = await startPolly(clock);
});
afterAll(() => polly.close());
beforeEach(() => {
  polly.trouble = () => false;
  polly.orders.length = 0;
});

/** The admin of a stack where texts are synthesised, on a time that passes only where the pace is waited for. */
function admin(): Admin {
  const endpoint = api.url() + storagePath;
  return {
    ...api.admin(),
    now: () => new Date(clock.now()),
    storage: openStorage(
      { audioBucket: 'audio', pathStyle: true },
      { endpoint, region: 'us-east-1', credentials },
    ),
    speech: { synthesised: true, speak: polly.speaker() },
  };
}

/** A flow that says this many texts, one after the other; each begins with its title, so that no two flows share one. */
function flowOf(id: string, texts: readonly string[], voice?: string): Flow {
  const nodes: Record<string, FlowNode> = { start: { type: 'start', exits: { next: 'say0' } } };
  for (const [place, text] of texts.entries()) {
    const next = place + 1 < texts.length ? `say${place + 1}` : 'end';
    const prompt = { text: `${id} ${text}`, ...(voice === undefined ? {} : { voice }) };
    nodes[`say${place}`] = { type: 'play', prompt, exits: { next } };
  }
  return { schema: 1, id, name: id, language: 'en-US', nodes: { ...nodes, end: { type: 'end' } } };
}

const numbered = (count: number) => Array.from({ length: count }, (_, place) => `text ${place}`);

test('a large draft is spoken in slices of 20 seconds, each text once', async () => {
  const office = admin();
  await saveDraft(office, flowOf('large', numbered(150)));
  const began = clock.now();
  const first = await makeSpeech(office, 'large');
  // Six a second.
  expect(first.done).toBeGreaterThanOrEqual(110);
  expect(first).toMatchObject({ left: 150 - first.done, failed: [], carrier: [] });
  expect(first.left).toBeGreaterThan(20);
  expect(clock.now() - began).toBeLessThan(27_000);
  expect(await publish(office, 'large').catch((error) => error)).toMatchObject({ code: 'flow-invalid' });
  expect(await makeSpeech(office, 'large')).toMatchObject({ done: 150, left: 0 });
  expect(polly.orders).toHaveLength(150);
  expect(new Set(polly.orders.map(({ Text }) => Text)).size).toBe(150);
});

test('a slice that was broken off goes on where it was', async () => {
  const office = admin();
  await saveDraft(office, flowOf('broken', numbered(20)));
  // The process ends while texts are under way.
  const dying = { ...office, now: () => (polly.orders.length >= 12 ? dead() : new Date(clock.now())) };
  await expect(makeSpeech(dying, 'broken')).rejects.toThrow('The process has ended.');
  const before = polly.orders.length;
  expect(await makeSpeech(admin(), 'broken')).toMatchObject({ done: 20, left: 0 });
  // What was under way when it ended is asked for again, at most one for each lane.
  expect(polly.orders.length - before).toBeLessThanOrEqual(20 - 12 + 4);
});

function dead(): never {
  throw new Error('The process has ended.');
}

test('what was made before the service failed is told; if nothing is made, it is unavailable', async () => {
  const office = admin();
  await saveDraft(office, flowOf('busy', numbered(20)));
  polly.trouble = (response) => polly.orders.length >= 8 && throttle(response);
  const { done, left, failed } = await makeSpeech(office, 'busy');
  expect([done + left, failed]).toEqual([20, []]);
  expect(done).toBeGreaterThanOrEqual(8);
  expect(left).toBeGreaterThan(0);
  const refused = await makeSpeech(office, 'busy').catch((error) => error);
  expect(refused).toMatchObject({
    code: 'speech-unavailable',
    message: expect.stringContaining('Rate exceeded'),
  });
  polly.trouble = () => false;
  expect(await makeSpeech(office, 'busy')).toMatchObject({ done: 20, left: 0 });
});

test('texts that are refused do not keep those behind them from their turn', async () => {
  const office = admin();
  const refused = flowOf('refused', numbered(150), 'Polly.Nobody');
  const bye = { type: 'end', prompt: { text: 'The last of them.' } };
  await saveDraft(office, { ...refused, nodes: { ...refused.nodes, end: bye } });
  let progress = await makeSpeech(office, 'refused');
  let slices = 1;
  for (; progress.left > 0 && slices < 10; slices += 1) progress = await makeSpeech(office, 'refused');
  expect(progress).toMatchObject({ done: 1, left: 0 });
  expect(progress.failed).toHaveLength(150);
  expect(progress.failed[0]).toMatchObject({ node: 'say0', field: 'prompt.text' });
  // Each is asked for in two formats.
  expect(polly.orders).toHaveLength(301);
});

test('a refusal is forgotten after a while, and when the text is spoken after all', async () => {
  const { table } = api.admin();
  const at = new Date('2026-11-26T12:00:00.000Z');
  const expiresAt = at.getTime() / 1000 + 900;
  await putRefusal(table, { name: 'r1', reason: 'No.', expiresAt });
  await putRefusal(table, { name: 'r2', reason: 'No.', expiresAt });
  await putSpeech(table, { name: 'r2', seconds: 1, madeAt: at.toISOString() });
  await putRefusal(table, { name: 'r2', reason: 'No.', expiresAt });
  const later = new Date(at.getTime() + 900_000);
  expect(await speechAmong(table, ['r1', 'r2', 'r3'], at)).toEqual(
    new Map<string, unknown>([
      ['r1', { refused: 'No.' }],
      ['r2', { spoken: true }],
    ]),
  );
  expect([...(await speechAmong(table, ['r1', 'r2'], later)).keys()]).toEqual(['r2']);
});

test('texts that sound the same are made once, in whichever flow and however they are written', async () => {
  const office = admin();
  const nodes = {
    start: { type: 'start', exits: { next: 'a' } },
    a: { type: 'play', prompt: [{ text: 'Shared.' }, { text: 'Shared.\u0007' }], exits: { next: 'end' } },
    end: { type: 'end', prompt: { text: 'Shared.' } },
  };
  await saveDraft(office, { ...flowOf('one', ['x']), nodes });
  await saveDraft(office, { ...flowOf('two', ['x']), nodes });
  expect(await makeSpeech(office, 'one')).toMatchObject({ done: 1, left: 0 });
  expect(await makeSpeech(office, 'two')).toMatchObject({ done: 1, left: 0 });
  expect(polly.orders.map(({ Text }) => Text)).toEqual(['Shared.']);
  expect(await publish(office, 'one')).toMatchObject({ version: 1 });
});
