import createClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import { readPronunciations, setPronunciations } from '../web/src/api/audio.ts';
import type { paths } from '../web/src/api/generated/types.ts';

test('words are set only if nobody has set them since they were read', async () => {
  const sent: (string | null)[] = [];
  const api = createClient<paths>({
    baseUrl: 'http://localhost',
    fetch: async ({ headers }) => {
      sent.push(headers.get('if-match'));
      return Response.json({ words: [] }, { headers: { etag: '"7"' } });
    },
  });
  const { words, etag } = await readPronunciations(api, 'en');
  await setPronunciations(api, 'en', words, etag);
  expect(sent).toEqual([null, '"7"']);
});
