import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import type { HttpAnswer } from '../lib/http.ts';
import { lineFormat } from '../lib/journal/line.ts';
import { type PackagedFunction, startFunction } from './kit/function.ts';
import type { Statement } from './kit/iam.ts';
import { makePackage, type Package } from './kit/package.ts';
import { type ParameterStore, startParameterStore } from './kit/ssm.ts';
import { startTestTable, type TestTable } from './kit/table.ts';
import { actionOf, call, document, eventOf, publicUrl } from './kit/webhook.ts';

const load = (path: string) => import(new URL(`../${path}`, import.meta.url).href);

const sdkRules = '@aws-sdk/core/dist-es/submodules/client/util-endpoints';
const parameter = '/branchline/test/twilio-auth-token';
let made: Package;
beforeAll(async () => {
  made = await makePackage();
}, 60_000);

describe('the zips', () => {
  test('hold the function, and a map of the lines of our source that no cold start loads', () => {
    for (const [name, zip] of Object.entries(made.zips)) {
      const files = unzipSync(zip);
      const [bundle, map] = [`functions/${name}.mjs`, `functions/${name}.mjs.map`];
      expect(Object.keys(files).toSorted()).toEqual([bundle, map]);
      expect(sourceOf(name)).not.toMatch(/sourceMappingURL|sourcesContent/);
      const { sources } = JSON.parse(strFromU8(files[map] ?? new Uint8Array()));
      expect(sources).toContain(`functions/${name}.ts`);
      expect(sources.filter((source: string) => !/^(lib|functions)\/[\w/.]+$/.test(source))).toEqual([]);
      expect((files[map]?.length ?? 0) / (files[bundle]?.length ?? 1)).toBeLessThan(0.15);
    }
    expect(Object.keys(made.zips)).toContain('voice');
  });

  test('leave out what a call never needs', () => {
    const voice = sourceOf('voice');
    expect(voice).not.toMatch(/RequestClient|VoiceResponse/);
    // No decoder, no resampler, no storage and no Polly: audio is ready before a call plays it.
    expect(voice).not.toMatch(/mpg123|samplerate|SynthesizeSpeech|PutObject/i);
    // Of the SDK: files of a laptop, the machine's own region, SHA-256 for browsers, endpoints of searches, dependencies of a package.
    expect(voice).not.toMatch(/AWS_CONFIG_FILE|ec2-metadata|1779033703|search-dynamodb|devDependencies/);
    // Nothing comes from outside but parts of Node, and those without all that they export.
    const outside = Array.from(
      voice.matchAll(/(?:from|import)\s*["']([\w@][\w@:/.-]*)["']/g),
      ([, name]) => name,
    );
    expect(outside).toEqual(['node:module']);
    expect(voice).toContain('getBuiltinModule("node:https")');
    expect(voice).not.toMatch(/import\("node:|\("WebSocket"\)/);
  });

  test('load nothing of Node that a call does not need', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'branchline-load-'));
    const file = join(folder, 'voice.mjs');
    // The first `toLocaleString` loads the languages of ICU for 9 ms.
    const trap = 'Number.prototype.toLocaleString = () => { throw new Error("ICU is loaded."); };';
    writeFileSync(file, unzipSync(made.zips.voice ?? new Uint8Array())['functions/voice.mjs'] ?? '');
    const script = `${trap} const before = process.moduleLoadList.length;
      await import(${JSON.stringify(pathToFileURL(file).href)});
      process._rawDebug(process.moduleLoadList.slice(before).join());`;
    const env = {
      TABLE_NAME: 'none',
      PUBLIC_URL: publicUrl,
      AUDIO_URL: publicUrl,
      TWILIO_ACCOUNT_SID: 'AC1',
    };
    const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...env, TWILIO_AUTH_TOKEN: 'token', AWS_REGION: 'eu-west-1' },
    });
    rmSync(folder, { recursive: true });
    expect(stderr).toContain('NativeModule https');
    expect(stderr).not.toMatch(
      /internal\/(?:deps\/undici|fs\/(?:promises|streams)|process\/report|util\/parse_args|worker)/,
    );
  });
});

test('bundles call the table where the SDK itself would', async () => {
  const { defaultEndpointResolver } = await load('functions/endpoint.mjs');
  const { partitionsInfo } = await load(`node_modules/${sdkRules}/lib/aws/partitions.js`);
  const regions = partitionsInfo.partitions.flatMap(({ regions }: { regions: object }) =>
    Object.keys(regions),
  );
  const own = new DynamoDBClient({}).config.endpointProvider;
  // Pseudo-regions such as `aws-global` have no functions.
  const ways = [
    ...regions.filter((region: string) => /\d$/.test(region)).map((Region: string) => ({ Region })),
    { Region: 'eu-west-1', Endpoint: 'http://127.0.0.1:8000/table' },
  ];
  expect(ways.length).toBeGreaterThan(40);
  for (const way of ways) {
    const where = { ...way, UseFIPS: false, UseDualStack: false };
    expect(defaultEndpointResolver(where), way.Region).toEqual(own(where));
  }
  for (const other of ['UseFIPS', 'UseDualStack']) {
    expect(() => defaultEndpointResolver({ Region: 'eu-west-1', [other]: true })).toThrow(/left out/);
  }
});

test('each other function carries the parts of audio that it works with, and no more', () => {
  const parts = { polly: /SynthesizeSpeech/, decoder: /mpg123/, resampler: /SRC_SINC/ };
  const carried = ['admin', 'media', 'journal'].map((name) => {
    const source = sourceOf(name);
    return [name, Object.entries(parts).flatMap(([part, sign]) => (sign.test(source) ? [part] : []))];
  });
  expect(Object.fromEntries(carried)).toEqual({
    admin: ['polly'],
    media: ['decoder', 'resampler'],
    journal: [],
  });
});

test('a role allows the very operations that its function knows', () => {
  const operations =
    /"((?:Batch)?(?:Get|Put|Write|Update|Delete)Item|Query|Scan)"|"AmazonSSM\.(GetParameters?)"/g;
  for (const name of Object.keys(made.zips)) {
    const known = Array.from(sourceOf(name).matchAll(operations), ([, table, ssm]) => table ?? ssm ?? '');
    const role = made.resources[`${name.charAt(0).toUpperCase()}${name.slice(1)}Role`];
    const policies = (role?.Properties.Policies ?? []) as readonly {
      PolicyDocument: { Statement: Statement[] };
    }[];
    const allowed = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action)
      .flatMap((action) => /^(?:dynamodb|ssm):(\w+)$/.exec(action)?.[1] ?? []);
    expect([...new Set(allowed)].toSorted(), name).toEqual([...new Set(known)].toSorted());
  }
});

describe('the packaged voice function', () => {
  let table: TestTable;
  let ssm: ParameterStore;
  let voice: PackagedFunction;

  beforeAll(async () => {
    [table, ssm] = await Promise.all([startTestTable(), startParameterStore()]);
    ssm.values.set(parameter, 'the-token');
    const admin = { table, who: 'test', now: () => new Date(), retainDays: 90 };
    const demo = new URL('../flows/phone-experience.flow.json', import.meta.url);
    await saveDraft(admin, JSON.parse(readFileSync(demo, 'utf8')));
    await publish(admin, 'phone-experience');
    await bindNumber(admin, '+15550100', 'phone-experience');
    voice = await startFunction('voice', made.zips.voice, environment());
  }, 60_000);

  afterAll(async () => {
    voice.close();
    await Promise.all([table.close(), ssm.close()]);
  });

  const environment = () => ({
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SSM: ssm.endpoint,
    TABLE_NAME: table.name,
    PUBLIC_URL: publicUrl,
    AUDIO_URL: `${publicUrl}/audio`,
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: `ssm:${parameter}`,
  });

  const invoke = (...event: Parameters<typeof eventOf>): Promise<HttpAnswer> =>
    voice.invoke(eventOf(...event));

  test.each([true, false])('answers a call with the flow of its number; base64 %s', async (base64) => {
    const how = { base64, token: 'the-token' };
    const welcome = document(await invoke('/voice/incoming', call, how));
    expect(welcome).toContain('您好');
    const step = document(await invoke(actionOf(welcome), { ...call, Digits: '7' }, how));
    expect(step).toContain('输入错误');
    const got = document(
      await invoke(actionOf(welcome), { ...call, Digits: '7' }, { ...how, method: 'GET' }),
    );
    expect(got).toBe(step);
  });

  test('refuses what the carrier did not sign', async () => {
    const answer = await invoke('/voice/incoming', call, { token: 'another-token' });
    expect(answer).toEqual({ statusCode: 403, body: 'Forbidden' });
  });

  test('reads its token once, and leaves bare JSON lines in the log, without the token', async () => {
    expect(ssm.reads).toEqual([{ name: parameter, decrypted: true }]);
    const log = voice.log();
    const lines = log.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).journal)).toEqual(lines.map(() => lineFormat));
    expect(log).not.toContain('the-token');
  });
});

function sourceOf(name: string): string {
  return Object.values(unzipSync(made.zips[name] ?? new Uint8Array()))
    .map((bytes) => strFromU8(bytes))
    .join('\n');
}
