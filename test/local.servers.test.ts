import { createServer, type Server } from 'node:http';
import { describe, expect, test } from 'vitest';
import { guard } from '../local/aws/access.ts';
import { keepIdle } from '../local/aws/idle.ts';
import { readStack, type Stack } from '../local/stack.ts';
import { serve } from './kit/application.ts';
import { send } from './kit/send.ts';
import { setUpStack } from './kit/stack.ts';

const { dataDir, run } = setUpStack();

function stack(): Stack {
  const found = readStack(dataDir());
  if (found === undefined) throw new Error('no stack runs');
  return found;
}

describe('the embedded database', () => {
  const list = (headers: Record<string, string>, method = 'POST') =>
    send(stack().table.endpoint, {
      method,
      ...(method === 'POST' ? { body: '{}' } : {}),
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'x-amz-date': '20260701T000000Z',
        ...headers,
      },
    });
  const signed = (key: string) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20260701/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00`;

  test('takes the key that was made up at the start, and no other', async () => {
    const { credentials, endpoint } = stack().table;
    expect(credentials.accessKeyId).toMatch(/^[A-Z2-7]{20}$/);
    expect(new URL(endpoint).hostname).toBe('127.0.0.1');
    const { status, body } = await list({ authorization: signed(credentials.accessKeyId) });
    expect([status, JSON.parse(body)]).toEqual([200, { TableNames: ['branchline'] }]);
    for (const key of [
      'local',
      'test',
      '',
      credentials.accessKeyId.slice(0, 19),
      `${credentials.accessKeyId}A`,
    ]) {
      expect([key, (await list({ authorization: signed(key) })).status]).toEqual([key, 403]);
    }
    expect((await list({})).status).toBe(403);
  });

  test('refuses a page of a browser, whatever its name and method', async () => {
    const authorization = signed(stack().table.credentials.accessKeyId);
    const { host } = new URL(stack().table.endpoint);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://${host}` },
      { host: `evil.example:${host.split(':')[1]}` },
      { host: 'localhost' },
    ]) {
      for (const method of ['POST', 'OPTIONS', 'GET']) {
        const answer = await list({ authorization, ...headers }, method);
        expect([headers, method, answer.status]).toEqual([headers, method, 403]);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
  });
});

test('all servers keep an idle connection for longer than proxies and clients do', async () => {
  const { url, carrierUrl, table } = stack();
  for (const server of [url, carrierUrl, table.endpoint]) {
    const { headers } = await send(`${server}/nowhere`, { headers: { connection: 'keep-alive' } });
    expect([server, headers['keep-alive']]).toEqual([server, 'timeout=75']);
  }
  expect(keepIdle(createServer()).headersTimeout).toBeGreaterThan(75_000);
});

describe("the embedded carrier's server", () => {
  const call = JSON.stringify({ to: '+15550100', from: '+15550199', virtual: true });
  const dial = (headers: Record<string, string>) =>
    send(`${stack().carrierUrl}/phones/none/hangup`, {
      method: 'POST',
      body: call,
      headers: { 'content-type': 'application/json', ...headers },
    });

  test('has phones for the key that was made up at the start, and for no other', async () => {
    const { phoneKey, carrierUrl } = stack();
    expect(phoneKey).toMatch(/^[0-9a-f]{32}$/);
    expect(new URL(carrierUrl).hostname).toBe('127.0.0.1');
    expect((await dial({ authorization: `Bearer ${phoneKey}` })).status).toBe(404);
    for (const headers of [{}, { authorization: 'Bearer other' }, { authorization: phoneKey }]) {
      expect((await dial(headers as Record<string, string>)).status).toBe(403);
    }
  });

  test('refuses a page of a browser, at its phones and its REST API', async () => {
    const authorization = `Bearer ${stack().phoneKey}`;
    const { port } = new URL(stack().carrierUrl);
    for (const headers of [
      { origin: stack().url },
      { host: `evil.example:${port}` },
      { host: stack().publicUrl },
    ]) {
      expect((await dial({ authorization, ...headers } as Record<string, string>)).status).toBe(403);
      const rest = `${stack().carrierUrl}/2010-04-01/Accounts/AC1/Calls.json`;
      const { status } = await send(rest, { method: 'POST', headers: headers as Record<string, string> });
      expect(status).toBe(403);
    }
    const { status } = await send(`${stack().carrierUrl}/2010-04-01/Accounts/AC1/Calls.json`, {
      method: 'POST',
    });
    expect(status).toBe(401);
  });

  test('serves the commands of this user', async () => {
    const { code, out } = await run('cli/call.ts', ['+15550100', '--keys', '']).ended;
    expect([code, out]).toEqual([0, expect.stringContaining('您好，欢迎致电。')]);
  });
});

test('a guarded server passes on what its own programs send, and nothing else', async () => {
  const server: Server = createServer((_, response) => response.end('in'));
  const url = await serve(guard(server, ({ headers }) => headers['x-key'] === '1'));
  const body = async (headers: Record<string, string>) => (await send(url, { headers })).body;
  expect(await body({ 'x-key': '1' })).toBe('in');
  for (const headers of [{}, { 'x-key': '1', origin: url }, { 'x-key': '1', host: 'localhost' }]) {
    expect(await body(headers as Record<string, string>)).toContain('for the programs of its own stack');
  }
});
