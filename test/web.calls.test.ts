import createClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import { readCall } from '../web/src/api/calls.ts';
import type { paths } from '../web/src/api/generated/types.ts';
import { endText } from '../web/src/pages/endtext.ts';
import { callerOf } from '../web/src/words/caller.ts';
import { drawing } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

/** What the console sees of a call that went through one version, by how the request for that version is answered. */
async function seen(version: () => Response) {
  const call = { callSid: 'CA1', flow: drawing.id, version: 3, steps: [] };
  const api = createClient<paths>({
    baseUrl: 'http://localhost',
    fetch: async ({ url }) => (url.endsWith('/calls/CA1') ? Response.json(call) : version()),
  });
  return [...(await readCall(api, 'CA1')).flows.keys()];
}

test('a call is seen without a version that is gone or cannot be shown, and not at all if the server cannot be reached', async () => {
  expect(await seen(() => Response.json(drawing))).toEqual([drawing.id]);
  expect(await seen(() => Response.json({}, { status: 404 }))).toEqual([]);
  expect(await seen(() => Response.json({ nodes: 7 }))).toEqual([]);
  await expect(seen(() => Response.json({}, { status: 503 }))).rejects.toThrow();
  const unreached = () => {
    throw new Error('The server cannot be reached.');
  };
  await expect(seen(unreached)).rejects.toThrow('The server cannot be reached.');
});

test('why a call was not put through is said in words', () => {
  expect(endText(translatorOf('en-US').t, 'nobody-online')).toBe('No agent online');
  expect(endText(translatorOf('zh-CN').t, 'waited-too-long')).toMatch(/^[^a-z]+$/);
  expect(endText(translatorOf('en-US').t, 'of-a-later-release')).toBe('of-a-later-release');
});

test('a caller is named by their number or address, and can be called back at a number; only a withheld one is called withheld', () => {
  const { t } = translatorOf('en-US');
  const number = { name: '+15550123', number: '+15550123' };
  for (const from of ['+15550123', '15550123', 'sip:+15550123@pbx.example.com']) {
    expect(callerOf(t, from)).toEqual(number);
  }
  for (const from of ['sip:bob@example.com', 'client:bob', 'sip:1001@pbx.example.com', '100']) {
    expect(callerOf(t, from)).toEqual({ name: from });
  }
  for (const from of ['', 'Anonymous', '+266696687', 'sip:anonymous@anonymous.invalid']) {
    expect(callerOf(t, from)).toEqual({ name: 'withheld' });
  }
  expect(callerOf(t, undefined)).toEqual({ name: 'unknown' });
});
