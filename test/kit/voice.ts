import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { saveDraft } from '../../lib/admin/flows.ts';
import { bindNumber } from '../../lib/admin/numbers.ts';
import { publish } from '../../lib/admin/publish.ts';
import type { HttpHandler } from '../../lib/http.ts';
import { loadFunction } from './loadfunction.ts';
import { keepLog } from './logprivacy.ts';
import { startTestTable, type TestTable } from './table.ts';
import { call, publicUrl, tokens } from './webhook.ts';

/** The voice function over an embedded table that holds the example flows. */
export interface VoiceKit {
  readonly admin: () => Admin;
  /** The real function, as Lambda loads it: a fresh module with this environment. */
  load(environment?: Record<string, string>): Promise<HttpHandler>;
  publishFlow(flow: { readonly id: string }): Promise<number>;
  /** The log so far, line by line. */
  readonly lines: () => readonly string[];
  /** The journal lines so far. */
  journal(): Record<string, unknown>[];
}

/** The example flows, and the numbers they are bound to. */
const examples = [
  ['phone-experience', '+15550100'],
  ['office', '+15550101'],
] as const;

/** Sets the voice function up for the tests of a file; what it writes on stdout is kept for them. */
export function setUpVoice(): VoiceKit {
  let table: TestTable;
  const lines = keepLog();
  const admin = (): Admin => ({
    table,
    who: 'test',
    now: () => new Date('2026-01-01T00:00:00Z'),
    retainDays: 90,
  });
  const publishFlow = async (flow: { readonly id: string }) => {
    await saveDraft(admin(), flow, { force: true });
    return (await publish(admin(), flow.id)).version;
  };

  beforeAll(async () => {
    table = await startTestTable();
    for (const [id, number] of examples) {
      const file = new URL(`../../flows/${id}.flow.json`, import.meta.url);
      await publishFlow(JSON.parse(readFileSync(file, 'utf8')));
      await bindNumber(admin(), number, id);
    }
  });
  afterAll(() => table.close());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  const load = async (environment: Record<string, string> = {}) => {
    vi.unstubAllEnvs();
    const whole = {
      TABLE_NAME: table.name,
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_REGION: table.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      PUBLIC_URL: publicUrl,
      AUDIO_URL: `${publicUrl}/audio`,
      TWILIO_ACCOUNT_SID: String(call.AccountSid),
      TWILIO_AUTH_TOKEN: tokens.join(','),
      DEFAULT_LANGUAGE: 'en-US',
      ...environment,
    };
    for (const [name, value] of Object.entries(whole)) vi.stubEnv(name, value);
    return await loadFunction('voice');
  };

  return {
    admin,
    load,
    publishFlow,
    lines,
    journal: () =>
      lines()
        .map((line) => JSON.parse(line))
        .filter((line) => 'journal' in line),
  };
}
