import { beforeAll, describe, expect, test } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { setUpApi } from './kit/api.ts';
import { flowOf, menuOf } from './kit/testflows.ts';

const { ask, send, token, admin, url } = setUpApi();
const path = '/api/flows/desk/calls-txt';

beforeAll(() => saveDraft(admin(), flowOf({ first: menuOf('菜单。') }, { id: 'desk' })));

/** Puts a text as it is. */
async function put(text: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${await token(['editor'])}`;
  const init = {
    method: 'PUT',
    body: text,
    headers: { authorization, 'content-type': 'text/plain', ...headers },
  };
  const response = await fetch(`${url()}${path}`, init);
  return { status: response.status, etag: response.headers.get('etag') ?? '', body: await response.text() };
}

describe('the call script of a draft', () => {
  const script = '# 按1\n> arrived\n< gather 8s 菜单！\n';

  test('is a text with an ETag', async () => {
    const none = await ask('GET', path);
    expect(none).toMatchObject({ status: 200, body: '' });
    expect(none.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const stored = await put(script, { 'if-match': none.headers.get('etag') ?? '' });
    expect(stored).toMatchObject({ status: 200, body: script });
    const read = await ask('GET', path);
    expect([read.body, read.headers.get('etag')]).toEqual([script, stored.etag]);
    expect((await put('', { 'if-match': '"another"' })).status).toBe(412);
  });

  test('stops a publish that fails it; only an admin may give a reason', async () => {
    await put(script);
    const refused = await ask('POST', '/api/flows/desk/publish');
    expect(refused).toMatchObject({
      status: 422,
      body: { problems: [{ rule: 'call-script', field: 'calls-txt.3' }] },
    });
    const body = { despite: 'The text is being discussed' };
    const editor = await send('POST', '/api/flows/desk/publish', { token: await token(['editor']), body });
    expect([editor.status, editor.body.type]).toEqual([403, 'urn:branchline:error:role-too-small']);
    for (const despite of ['', ' \n']) {
      expect(await ask('POST', '/api/flows/desk/publish', { despite })).toMatchObject({
        status: 422,
        body: { problems: [{ field: 'despite', message: '`despite` is empty: give the reason.' }] },
      });
    }
    expect((await ask('POST', '/api/flows/desk/publish', body)).status).toBe(201);
    const { body: list } = await ask('GET', '/api/flows/desk/versions');
    expect(list.items).toMatchObject([{ version: 1, ...body }]);
  });
});
