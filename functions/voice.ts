import { createVoice } from '../lib/calls/app.ts';
import { createLibrary } from '../lib/calls/library.ts';
import { missedRingLog } from '../lib/calls/voice.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { readMetricsConfig, readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import { openLog } from '../lib/log.ts';
import { createOutbound } from '../lib/outbound/outbound.ts';
import { createSend } from '../lib/outbound/send.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { clockOf } from '../lib/store/table/clock.ts';
import { openTable } from '../lib/store/table/table.ts';

const config = readVoiceConfig();
const table = openTable(config.tableName);
const now = clockOf(table);
const { write, measure, report } = openLog(readMetricsConfig(), { now });
const onFault = (error: unknown) => report(error);
// Shared by signature checks and REST requests, so that a cold start reads the parameter once.
const tokens = createTokens(config.authTokens, { onFault });

/** The Lambda handler of the carrier's webhooks, `/voice/*`. */
export const handler = createVoice({
  config,
  tokens,
  library: createLibrary(table),
  queue: createQueue(readQueueConfig(), {
    ...{ table, tokens, now, measure, onFault },
    onMissed: missedRingLog({ write, now }),
  }),
  outbound: createOutbound({ send: createSend(config), now, onFault, measure }),
  now,
  write,
  measure,
});
