import { drawing, lastStep } from '../../bench/drawing.ts';
import { eventOf, publicUrl, token } from '../../bench/webhook.ts';
import { createVoice } from '../../lib/calls/app.ts';
import { createTokens } from '../../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../../lib/config.ts';
import { noSounds } from '../../lib/flow/sounds.ts';
import { createQueue } from '../../lib/queue/queue.ts';
import { createVersionCache } from '../../lib/store/flows/cache.ts';
import { openTable } from '../../lib/store/table/table.ts';

// Prints how many bytes a warm step of a call allocates. Needs `--expose-gc`.

const warming = 20_000;
const rounds = 15;
const perRound = 100;

const environment = {
  ...{ TABLE_NAME: 'none', TWILIO_AUTH_TOKEN: token, PUBLIC_URL: publicUrl, AUDIO_URL: publicUrl },
  TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
};
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const table = openTable('none', { region: 'us-east-1', credentials });
const now = () => new Date(0);
const tokens = createTokens([token], { onFault: () => undefined });
const missing = () => Promise.reject(new Error('A warm step reads nothing.'));
const handler = createVoice({
  config: readVoiceConfig(environment),
  tokens,
  library: {
    reachedBy: missing,
    liveVersionOf: missing,
    versionOf: createVersionCache(async () => ({ flow: drawing(5), sounds: noSounds })),
  },
  queue: createQueue(readQueueConfig(environment), { table, tokens, now, onFault: () => undefined }),
  now,
  write: () => undefined,
});
const webhook = eventOf(lastStep(5, 1));

/** Takes steps one after the other; throws an Error if one is not answered. */
async function takeSteps(times: number): Promise<void> {
  for (let left = times; left > 0; left -= 1) {
    const { statusCode } = await handler(webhook);
    if (statusCode !== 200) throw new Error(`A step was answered with ${statusCode}.`);
  }
}

await takeSteps(warming);
const found: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  globalThis.gc?.({ type: 'minor' });
  const before = process.memoryUsage().heapUsed;
  await takeSteps(perRound);
  found.push((process.memoryUsage().heapUsed - before) / perRound);
}
// Some rounds hold more: V8 compiles meanwhile.
console.log(found.toSorted((one, other) => one - other)[rounds >> 1]);
