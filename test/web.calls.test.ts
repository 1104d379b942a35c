import { hashKey, QueryClient } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import { flowsById, readCall, versionKey, versionName } from '../web/src/api/calls.ts';
import { readVersion } from '../web/src/api/flows.ts';
import type { paths } from '../web/src/api/generated/types.ts';
import { callQuery } from '../web/src/pages/callquery.ts';
import { endText } from '../web/src/pages/endtext.ts';
import { callerOf } from '../web/src/words/caller.ts';
import { drawing } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

/** The console's client, before a server that answers so. */
function apiOf(answer: (path: string) => Response) {
  return createClient<paths>({
    baseUrl: 'http://localhost',
    fetch: async ({ url }) => answer(new URL(url).pathname),
  });
}

/** What the console sees of a call that went through one version, by how the request for that version is answered. */
async function seen(version: () => Response) {
  const call = { callSid: 'CA1', flow: drawing.id, version: 3, steps: [] };
  const api = apiOf((path) => (path.endsWith('/calls/CA1') ? Response.json(call) : version()));
  return [...(await readCall(api, 'CA1', (id, n) => readVersion(api, id, n))).flows.keys()];
}

test('a call is seen without a version that is gone or cannot be shown, and not at all if the server cannot be reached', async () => {
  expect(await seen(() => Response.json(drawing))).toEqual([`${drawing.id}@3`]);
  expect(await seen(() => Response.json({}, { status: 404 }))).toEqual([]);
  expect(await seen(() => Response.json({ nodes: 7 }))).toEqual([]);
  await expect(seen(() => Response.json({}, { status: 503 }))).rejects.toThrow();
  const unreached = () => {
    throw new Error('The server cannot be reached.');
  };
  await expect(seen(unreached)).rejects.toThrow('The server cannot be reached.');
});

/** A call that began in version 3, went through another flow and came back in version 4, as the console asks for it. */
function twoVersions(ended: { readonly endedAt?: string } = {}) {
  const steps = [
    { node: 'start' },
    { node: 'start', flow: 'other', version: 1 },
    { node: 'start', flow: drawing.id, version: 4 },
  ];
  const call = { callSid: 'CA1', flow: drawing.id, version: 3, steps, ...ended };
  const asked: string[] = [];
  const api = apiOf((path) => {
    asked.push(path);
    const [, id = '', version] = /flows\/(.+)\/versions\/(.+)/.exec(path) ?? [];
    return Response.json(version === undefined ? call : { ...drawing, id, name: `${id} as v${version}` });
  });
  const queries = new QueryClient();
  return { queries, asked, query: callQuery(api, queries, 'CA1', 4), steps };
}

test('each step of a call stands in the version that it happened in, though the call went through two of one flow', async () => {
  const { queries, query, steps } = twoVersions();
  const call = await queries.fetchQuery(query);
  const keys = steps.map((step) => versionKey(call.call, step));
  expect(keys).toEqual([`${drawing.id}@3`, 'other@1', `${drawing.id}@4`]);
  expect([...call.flows.keys()]).toEqual(keys);
  expect(keys.map((key) => versionName(call, key))).toEqual([
    ...[`${drawing.id} as v3 v3`, 'other as v1', `${drawing.id} as v4 v4`],
  ]);
  // A script is played on one version of a flow: that of the call.
  expect(flowsById(call).get(drawing.id)?.name).toBe(`${drawing.id} as v3`);
});

test('a call is read again and again without its versions, until a minute after its end', async () => {
  const { queries, query, asked } = twoVersions();
  await queries.fetchQuery(query);
  expect(asked).toHaveLength(4);
  asked.length = 0;
  await queries.fetchQuery(query);
  expect(asked).toEqual(['/api/calls/CA1']);
  const intervalAfter = async (endedAt?: string) => {
    const call = twoVersions(endedAt === undefined ? {} : { endedAt });
    await call.queries.fetchQuery(call.query);
    const read = call.queries.getQueryCache().get(hashKey(call.query.queryKey));
    const { refetchInterval } = call.query;
    return typeof refetchInterval === 'function' ? refetchInterval(read as never) : refetchInterval;
  };
  expect(await intervalAfter()).toBe(4000);
  // The last lines of a call may come late.
  expect(await intervalAfter(new Date().toISOString())).toBe(4000);
  expect(await intervalAfter(new Date(Date.now() - 120_000).toISOString())).toBe(false);
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
