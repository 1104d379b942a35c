import { createAdmin } from '../lib/api/app.ts';
import { createTokens, openRest } from '../lib/carrier/tokens.ts';
import { readAdminConfig, readMetricsConfig, readPhoneKey, readQueueConfig } from '../lib/config.ts';
import { openLog } from '../lib/log.ts';
import { openPolly } from '../lib/media/polly.ts';
import { openStorage } from '../lib/media/storage.ts';
import { createOutbound } from '../lib/outbound/outbound.ts';
import { createSend } from '../lib/outbound/send.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { clockOf } from '../lib/store/table/clock.ts';
import { openTable } from '../lib/store/table/table.ts';

const { tableName, retainDays, speech, loopback, ...storage } = readAdminConfig();
const table = openTable(tableName);
const now = clockOf(table);
const { measure, report } = openLog(readMetricsConfig(), { now });
const onFault = (error: unknown) => report(error);
const queueConfig = readQueueConfig();
const tokens = createTokens(queueConfig.authTokens, { onFault });
const phone = readPhoneKey();
const phoneSecret = phone && createTokens(phone.secret, { onFault });

/** The Lambda handler of the admin's API, `/api/*`. */
export const handler = createAdmin({
  table,
  retainDays,
  queue: createQueue(queueConfig, { table, tokens, now, measure, onFault }),
  storage: openStorage(storage),
  speech: { synthesised: speech === 'polly', speak: openPolly() },
  outbound: createOutbound({ send: createSend({ loopback }), now, onFault }),
  ...(phone && phoneSecret
    ? { phoneKey: { accountSid: phone.accountSid, sid: phone.sid, secret: phoneSecret.first } }
    : {}),
  carrier: openRest(queueConfig, tokens, now),
  onFault,
  loopback,
  now,
  report,
});
