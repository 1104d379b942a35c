import { createVoice } from '../lib/calls/app.ts';
import { createLibrary } from '../lib/calls/library.ts';
import { readVoiceConfig } from '../lib/config.ts';
import { toStdout } from '../lib/log.ts';
import { openTable } from '../lib/store/table.ts';

const config = readVoiceConfig();

/** Answers the carrier's webhooks under `/voice/`. */
export const handler = createVoice({
  config,
  library: createLibrary(openTable(config.tableName)),
  now: () => new Date(),
  write: toStdout,
});
