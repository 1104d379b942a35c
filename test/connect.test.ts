import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connector } from '../cli/connect.ts';
import { findNumber } from '../cli/numbers.ts';
import { type Recorder, startRecorder } from './kit/recorder.ts';
import { type ParameterStore, startParameterStore } from './kit/ssm.ts';

const number = '+15550100';
const sid = 'PN0123456789abcdef0123456789abcdef';
const path = '/2010-04-01/Accounts/AC1/IncomingPhoneNumbers';
const elsewhere = {
  sid,
  phone_number: number,
  voice_url: 'https://demo.example/welcome',
  voice_fallback_url: '',
  status_callback: 'https://demo.example/status',
  voice_application_sid: null,
  trunk_sid: null,
  capabilities: { voice: true, sms: true, mms: false },
  voice_receive_mode: 'voice',
};

const connect = async (given: string, stage: string | undefined) => (await connector(stage))(given);

let carrier: Recorder;
let ssm: ParameterStore;
let shown: Record<string, unknown>;

beforeAll(async () => {
  [carrier, ssm] = await Promise.all([startRecorder(), startParameterStore()]);
});
afterAll(async () => {
  await Promise.all([carrier.close(), ssm.close()]);
  vi.unstubAllEnvs();
});
beforeEach(() => {
  vi.unstubAllEnvs();
  const environment = {
    AWS_ENDPOINT_URL_SSM: ssm.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TWILIO_API_URL: carrier.url,
    TWILIO_ACCOUNT_SID: 'AC1',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const name of ['PUBLIC_URL', 'TWILIO_AUTH_TOKEN']) vi.stubEnv(name, undefined);
  ssm.values.set('/branchline/prod/public-url', 'https://phone.example');
  ssm.values.set('/branchline/prod/twilio-auth-token', 'next, current');
  carrier.requests.splice(0);
  shown = { ...elsewhere };
  carrier.answer = ({ method, form }) => {
    if (method === 'GET')
      return [200, { incoming_phone_numbers: [{ ...elsewhere, phone_number: `${number}9` }, shown] }];
    shown = {
      ...shown,
      voice_url: form.VoiceUrl ?? '',
      voice_fallback_url: form.VoiceFallbackUrl ?? '',
      status_callback: form.StatusCallback ?? '',
      voice_receive_mode: form.VoiceReceiveMode ?? shown.voice_receive_mode,
    };
    return [200, shown];
  };
});

describe('a number is connected', () => {
  test('to the address of its stage, by the first token of the stage, and what was there before is told', async () => {
    const { text, json } = await connect(number, 'prod');
    expect(text).toBe(
      '+15550100 calls https://phone.example/voice/incoming at the carrier, before https://demo.example/welcome, status https://demo.example/status.',
    );
    expect(json.before).toMatchObject({ voiceUrl: 'https://demo.example/welcome', fallbackUrl: '' });
    const authorization = `Basic ${Buffer.from('AC1:next').toString('base64')}`;
    expect(carrier.requests).toEqual([
      { method: 'GET', path: `${path}.json?PhoneNumber=%2B15550100`, authorization, form: {} },
      {
        method: 'POST',
        path: `${path}/${sid}.json`,
        authorization,
        form: {
          VoiceUrl: 'https://phone.example/voice/incoming',
          VoiceMethod: 'POST',
          VoiceFallbackUrl: 'https://phone.example/voice/fallback',
          VoiceFallbackMethod: 'POST',
          StatusCallback: 'https://phone.example/voice/status',
          StatusCallbackMethod: 'POST',
        },
      },
    ]);
  });

  test('without a stage by what the environment names', async () => {
    vi.stubEnv('PUBLIC_URL', 'https://tunnel.example/');
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'mine');
    const { json } = await connect(number, undefined);
    expect(json.now.voiceUrl).toBe('https://tunnel.example/voice/incoming');
    expect(carrier.requests[0]?.authorization).toBe(`Basic ${Buffer.from('AC1:mine').toString('base64')}`);
  });

  test('from faxes to calls', async () => {
    shown = { ...shown, voice_receive_mode: 'fax' };
    expect((await connect(number, 'prod')).text).toContain(
      'it received faxes for https://demo.example/welcome,',
    );
    expect(carrier.requests.at(-1)?.form.VoiceReceiveMode).toBe('voice');
  });

  test('of a carrier that does not tell what its numbers are for', async () => {
    shown = { ...shown, capabilities: undefined, voice_receive_mode: undefined };
    expect((await connect(number, 'prod')).json.before.voiceUrl).toBe('https://demo.example/welcome');
  });
});

describe('a number is not connected', () => {
  test('that the account does not have', async () => {
    const missing = connect('+15550109', 'prod');
    await expect(missing).rejects.toMatchObject({ code: 'carrier-number-missing' });
    expect(carrier.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each([
    [
      { capabilities: { voice: false, sms: true } },
      '+15550100 takes no voice calls: its capabilities at the carrier do not hold voice. Bind a number that has them.',
    ],
    [
      { trunk_sid: 'TK1' },
      'At the carrier, +15550100 calls no webhook, as the trunk TK1 takes its calls: remove the number from the trunk there, then bind it again with --connect.',
    ],
    [
      { voice_application_sid: 'AP1' },
      'At the carrier, +15550100 calls no webhook, as the application AP1 takes its calls: set the number to webhooks instead of the application there, then bind it again with --connect.',
    ],
  ])('whose calls no webhook could bring: %j', async (fields, message) => {
    shown = { ...shown, ...fields };
    await expect(connect(number, 'prod')).rejects.toMatchObject({ code: 'carrier-number-unfit', message });
    expect(carrier.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('with wrong credentials', async () => {
    carrier.answer = () => [401, { code: 20003, message: 'Authenticate', status: 401 }];
    await expect(connect(number, 'prod')).rejects.toThrow(
      'The carrier answered 401, error 20003: Authenticate. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
    );
  });

  test('where the carrier shows other webhooks afterwards', async () => {
    const { answer } = carrier;
    carrier.answer = (request) => (request.method === 'GET' ? answer(request) : [200, elsewhere]);
    await expect(connect(number, 'prod')).rejects.toMatchObject({ code: 'carrier-refused' });
  });

  test('while the carrier does not answer', async () => {
    const account = { apiUrl: 'http://127.0.0.1:9', accountSid: 'AC1', authToken: 'mine' };
    await expect(findNumber(account, number)).rejects.toThrow(
      /^The carrier does not answer at http:\/\/127\.0\.0\.1:9: /,
    );
  });

  test.each([
    ['PUBLIC_URL', 'nowhere', 'prod', /^PUBLIC_URL must be a URL/],
    ['TWILIO_ACCOUNT_SID', '', 'prod', /^TWILIO_ACCOUNT_SID is not set/],
    ['TWILIO_API_URL', 'api', 'prod', /^TWILIO_API_URL must be a URL/],
    ['PUBLIC_URL', '', undefined, /name a --stage, or set PUBLIC_URL/],
    ['PUBLIC_URL', '', 'test', /^The parameter \/branchline\/test\/public-url cannot be read: there is none/],
  ])('when %s is "%s" and the stage %s', async (name, value, stage, message) => {
    vi.stubEnv(name, value);
    await expect(connect(number, stage)).rejects.toThrow(message);
    expect(carrier.requests).toEqual([]);
  });
});
