import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../cli/flows.ts';
import { readStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';
import { startServer, type TestServer } from './kit/server.ts';
import { setUpStack } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'branchline-speech-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A flow in a file, with the text that it ends with. */
function file(text: string, voice?: string): string {
  const prompt = { text, ...(voice === undefined ? {} : { voice }) };
  const flow = {
    ...{ schema: 1, id: 'desk', name: 'Desk', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'play', prompt: { text: 'Hello.' }, exits: { next: 'end' } },
      end: { type: 'end', prompt },
    },
  };
  const path = join(folder, 'desk.flow.json');
  writeFileSync(path, JSON.stringify(flow));
  return path;
}

describe('on a stack with SPEECH=polly', () => {
  const stack = setUpStack({ SPEECH: 'polly' });
  const flows = (...words: string[]) => runCommand(main, words, { DATA_DIR: stack.dataDir() });
  const spoken = () =>
    readdirSync(join(stack.dataDir(), 'storage/audio/audio')).filter((name) => name.startsWith('s-'));

  test('a publish makes the speech that is missing, and says how far it is', async () => {
    await flows('push', file('Goodbye.'));
    expect(await flows('publish', 'desk')).toEqual({
      code: 0,
      out: 'desk: version 1 is live.\n',
      err: [
        'desk: texts to be synthesised first: 2, which takes about 1 s.\n',
        'desk: texts that are spoken: 2, left: 0.\n',
      ].join(''),
    });
    expect(spoken()).toHaveLength(2);
    const { url = '' } = readStack(stack.dataDir()) ?? {};
    const [name = ''] = spoken();
    const heard = await fetch(`${url}/audio/${name}`);
    expect([heard.status, heard.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  });

  test('what is spoken already is not made again', async () => {
    await flows('push', file('See you.'));
    expect((await flows('publish', 'desk')).err).toContain('to be synthesised first: 1,');
    await flows('push', file('Goodbye.'));
    expect(await flows('publish', 'desk')).toEqual({ code: 0, out: 'desk: version 3 is live.\n', err: '' });
    expect(spoken()).toHaveLength(3);
  });

  test('a text that cannot be spoken is named, and nothing goes live', async () => {
    await flows('push', file('Goodbye.', 'Polly.Nobody'));
    const { code, out, err } = await flows('publish', 'desk');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^desk: end\.prompt\.text: VoiceId must be a voice of Polly\. \(speech-refused\)$/m);
    expect(err).toContain('The flow holds texts that cannot be spoken.');
    const { out: listed } = await flows('list');
    expect(listed).toMatch(/^desk +version 3 is live, draft changed/m);
    const refused = JSON.parse((await flows('publish', 'desk', '--json')).out);
    expect(refused).toMatchObject({
      error: 'flow-invalid',
      problems: [{ rule: 'speech-refused', node: 'end' }],
    });
  });
});

describe('on a stack where the carrier speaks', () => {
  const stack = setUpStack();

  test('nothing is made, and texts are heard before they are saved all the same', async () => {
    const flows = (...words: string[]) => runCommand(main, words, { DATA_DIR: stack.dataDir() });
    await flows('push', file('Goodbye.'));
    expect(await flows('publish', 'desk')).toEqual({ code: 0, out: 'desk: version 1 is live.\n', err: '' });
    const { ended } = stack.run('cli/token.ts', ['--role', 'viewer']);
    const token = (await ended).out.trim();
    const { url = '' } = readStack(stack.dataDir()) ?? {};
    const heard = await fetch(`${url}/api/speech/preview?text=Hello&language=en-US`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([heard.status, heard.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect((await heard.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });
});

describe('on a deployed stage', () => {
  let table: TestTable;
  let lambda: TestServer;
  /** What the admin function is told of speech; it cannot be asked while there is nothing. */
  let speech: string | undefined;
  beforeAll(async () => {
    table = await startTestTable();
    // https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
    lambda = await startServer(({ url = '' }, response) => {
      const known = speech !== undefined && url.includes('/functions/branchline-test-admin/configuration');
      const body = known ? { Environment: { Variables: { SPEECH: speech } } } : { Message: 'not authorized' };
      response.writeHead(known ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  afterAll(async () => {
    await lambda.close();
    await table.close();
  });
  const flows = (...words: string[]) => {
    const { url } = lambda;
    return runCommand(main, [...words, '--stage', 'test'], {
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_CLOUDFORMATION: url,
      AWS_REGION: table.region,
      AWS_ACCESS_KEY_ID: table.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: table.credentials.secretAccessKey,
    });
  };

  test('its admin function says who speaks; a publish without that knowledge is refused', async () => {
    speech = undefined;
    expect(await flows('publish', 'desk')).toMatchObject({
      ...{ code: 1, out: '' },
      err: expect.stringContaining('branchline-test-admin cannot be asked who speaks texts: not authorized'),
    });
    speech = 'carrier';
    expect(await flows('publish', 'desk')).toMatchObject({ code: 1, err: 'There is no flow "desk".\n' });
    // What synthesising takes is looked for in the stack of the stage.
    speech = 'polly';
    expect((await flows('publish', 'desk')).err).not.toContain('There is no flow');
  });
});
