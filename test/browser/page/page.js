import 'antd/dist/antd.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Editor } from '../../../web/src/editor/editor.tsx';
import { Theme } from '../../../web/src/shell/theme.tsx';
import { ready } from '../../../web/src/words/index.ts';
import '../../../web/src/shell/base.css';

// The editor alone, on the admin API: `?flow=ID&user=NAME`, and `&look` for somebody who may only look.
const asked = new URLSearchParams(window.location.search);
const id = asked.get('flow') ?? '';
const may = !asked.has('look');

async function call(method, path, { body, etag } = {}) {
  const headers = { authorization: `Bearer ${asked.get('user') ?? 'ann'}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (etag !== undefined) headers['if-match'] = etag;
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`/api/${path}`, init).catch(() => {
    throw new Error('No answer.');
  });
  return { status: response.status, etag: response.headers.get('etag') ?? '', body: await response.json() };
}

async function revision(etag) {
  const { items } = (await call('GET', 'flows?limit=100')).body;
  return { ...items.find((row) => row.id === id), etag };
}

async function load() {
  const { etag, body } = await call('GET', `flows/${id}`);
  return { ...(await revision(etag)), flow: body };
}

async function script(method, text, etag) {
  const headers = { authorization: `Bearer ${asked.get('user') ?? 'ann'}` };
  if (etag !== undefined) headers['if-match'] = etag;
  const init = { method, headers, ...(text === undefined ? {} : { body: text }) };
  const response = await fetch(`/api/flows/${id}/calls-txt`, init);
  if (!response.ok) throw new Error((await response.json()).detail);
  return { text: await response.text(), etag: response.headers.get('etag') ?? '' };
}

const remote = {
  scripts: {
    read: () => script('GET'),
    save: (text, etag) => script('PUT', text, etag),
    live: async () => undefined,
  },
  async save(flow, before) {
    const { status, etag, body } = await call('PUT', `flows/${id}`, { body: flow, etag: before });
    if (status === 200) return { outcome: 'saved', revision: await revision(etag) };
    if (status === 412) return { outcome: 'stale', draft: await load() };
    return { outcome: 'refused', reason: body.detail, problems: body.problems ?? [] };
  },
  async publish(note, etag, despite) {
    const asked = {
      body: { ...(note === '' ? {} : { note }), ...(despite === undefined ? {} : { despite }) },
      etag,
    };
    const { status, body } = await call('POST', `flows/${id}/publish`, asked);
    if (status === 201) return { outcome: 'published', version: body.version };
    if (status === 412) return { outcome: 'stale', draft: await load() };
    return { outcome: 'refused', reason: body.detail, problems: body.problems ?? [] };
  },
  async reach() {
    const { items } = (await call('GET', 'numbers')).body;
    const { byFlow } = (await call('GET', 'stats')).body;
    const numbers = items.filter(({ flow }) => flow === id).map(({ number }) => number);
    return { numbers, calls: byFlow.find(({ flow }) => flow === id)?.now ?? 0 };
  },
  setLive: async (version) => void (await call('PUT', `flows/${id}/live`, { body: { version } })),
  version: async (number) => (await call('GET', `flows/${id}/versions/${number}`)).body,
  groups: async () => (await call('GET', 'skill-groups?limit=100')).body.items,
  schedules: async () => (await call('GET', 'schedules')).body.items,
  flows: async () => (await call('GET', 'flows?all=true')).body.items,
};

await ready;
const editor = createElement(Editor, {
  draft: await load(),
  remote,
  user: asked.get('user') ?? 'ann',
  may: { edit: may, publish: may, despite: may },
  back: () => {},
});
const queries = createElement(QueryClientProvider, { client: new QueryClient() }, editor);
createRoot(document.getElementById('root')).render(createElement(Theme, null, queries));
