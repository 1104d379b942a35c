import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { setUpApi } from './kit/api.ts';
import { tone, wavOf } from './kit/audio.ts';
import { shellWords } from './kit/programs.ts';

const kit = setUpApi();

/** The commands of the page that ask the API, in their order. */
const commands = [...readFileSync('docs/api.md', 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
  .filter((line) => line.includes('curl '));

test('the requests of docs/api.md are answered in the order of the page', async () => {
  const recording = wavOf(tone());
  const [, flow = ''] = /<<'EOF'\n([\s\S]*?)^EOF/m.exec(readFileSync('docs/api.md', 'utf8')) ?? [];
  let etag = '';
  let upload = { id: '', upload: { url: '' } };
  /** A line of the page, its variables filled in and what follows a pipe left out. */
  const filled = (line: string) =>
    line
      .replace('$URL', '')
      .replace('$ETAG', etag.replaceAll('"', "'"))
      .replace('$(jq -r .id upload.json)', upload.id)
      .replace('$(date -u +%F)', new Date().toISOString().slice(0, 10))
      .replace('$(wc -c < welcome.wav)', String(recording.length))
      .replace(/ \| .*/, '');
  const refused: string[] = [];
  for (const line of commands) {
    if (line.includes(' -T ')) {
      const headers = { 'content-type': 'audio/wav', 'if-none-match': '*' };
      const { status } = await fetch(upload.upload.url, { method: 'PUT', body: recording, headers });
      if (status !== 200) refused.push(`${line}: ${status}`);
      await kit.checked();
      continue;
    }
    const { method, path, body, match } = requestOf(filled(line));
    const sent = body === '@flow.json' ? flow : body;
    const headers = match === undefined ? {} : { 'if-match': `"${match}"` };
    const answered = await kit.send(method, path, { token: await kit.token(), body: sent, headers });
    if (answered.status >= 300) refused.push(`${line}: ${answered.status} ${JSON.stringify(answered.body)}`);
    etag = answered.headers.get('etag') ?? etag;
    if (path === '/api/audio') upload = answered.body;
  }
  expect(commands.length).toBeGreaterThan(20);
  expect(refused).toEqual([]);
});

/** What a line of curl asks for; its body is what follows `-d`. */
function requestOf(line: string) {
  const [given = '', plain, escaped, bare] = / -d (?:'([^']*)'|"((?:[^"\\]|\\.)*)"|(\S+))/.exec(line) ?? [];
  const body = plain ?? escaped?.replaceAll('\\"', '"') ?? bare;
  const words = shellWords(line.slice(line.indexOf('curl ')).replace(given, ''));
  const path = words.find((word) => word.startsWith('/api/')) ?? '';
  const match = words.find((word) => word.startsWith('If-Match: '))?.slice('If-Match: '.length);
  const [, method] = words.slice(words.indexOf('-X'));
  return {
    method: words.includes('-X') && method ? method : body === undefined ? 'GET' : 'POST',
    path,
    body,
    match,
  };
}
