import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { tone, wavOf } from '../kit/audio.ts';
import { makePackage } from '../kit/package.ts';
import { startServer } from '../kit/server.ts';
import { setUpConsole, signIn } from './console.ts';

const { pages, url } = setUpConsole();

/** What a bucket allows other origins, as the template has it. */
interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders: readonly string[];
}

let policy = '';
let storage = '';

beforeAll(async () => {
  const { resources } = await makePackage();
  const bucket = resources.AudioBucket?.Properties as { CorsConfiguration: { CorsRules: [CorsRule] } };
  const [rule] = bucket.CorsConfiguration.CorsRules;
  const server = await startServer((incoming, response) => forward(rule, incoming, response));
  storage = server.url;
  const headers = JSON.stringify(resources.ConsoleHeaders?.Properties);
  const written = /"ContentSecurityPolicy":\{"Fn::Sub":"([^"]+)"\}/.exec(headers)?.[1] ?? '';
  policy = written
    .replaceAll(/https:\/\/\$\{AudioBucket\.RegionalDomainName\}/g, storage)
    .replaceAll(/\$\{[^}]+\}/g, 'x');
  return server.close;
}, 60_000);

/** A bucket of another origin: the stack's own storage, behind the rules of the bucket on AWS. */
function forward(rule: CorsRule, incoming: IncomingMessage, response: ServerResponse): void {
  const {
    origin = '',
    'access-control-request-method': asked = '',
    'access-control-request-headers': names = '',
  } = incoming.headers;
  const isAllowed =
    rule.AllowedOrigins.some((each) => each === '*' || each === origin) &&
    rule.AllowedMethods.includes(asked || (incoming.method ?? '')) &&
    String(names)
      .split(',')
      .every((name) => name.trim() === '' || rule.AllowedHeaders.includes(name.trim()));
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    'access-control-allow-headers': rule.AllowedHeaders.join(', '),
  };
  if (incoming.method === 'OPTIONS')
    return void response.writeHead(isAllowed ? 200 : 403, isAllowed ? cors : {}).end();
  const { host } = new URL(url());
  const onward = request(
    new URL(incoming.url ?? '/', url()),
    { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(isAllowed ? cors : {}) });
      answer.pipe(response);
    },
  );
  incoming.pipe(onward);
}

/** Opens the page as AWS serves it: with its policy, and with URLs of the storage at another origin. */
async function openOnAws(): Promise<Page> {
  const page = await pages.open({ locale: 'en-US' });
  await page.route(`${url()}/**`, async (route) => {
    const asked = route.request();
    // Where one signs in is another site on AWS.
    const isPage = asked.resourceType() === 'document' && !asked.url().includes('/oauth2/');
    if (!isPage && !asked.url().includes('/api/audio')) return await route.fallback();
    const answer = await route.fetch();
    const body = await answer.text();
    const headers = { ...answer.headers(), ...(isPage ? { 'content-security-policy': policy } : {}) };
    await route.fulfill({
      response: answer,
      headers,
      body: body.replaceAll(`${url()}/storage/`, `${storage}/storage/`),
    });
  });
  return page;
}

test('under the policy of AWS a recording is uploaded to another origin, drawn, and played from there', async () => {
  const page = await openOnAws();
  const sent: string[] = [];
  page.on('request', (each) => sent.push(`${each.method()} ${new URL(each.url()).origin}`));
  await page.goto(`${url()}/audio`);
  await signIn(page, 'root', ['admin']);
  // What a redirect led to came with the policy of this machine.
  await page.goto(`${url()}/audio`);
  await page.locator('.upload-area input[type=file]').setInputFiles({
    name: 'Welcome.wav',
    mimeType: 'audio/wav',
    buffer: wavOf(tone({ seconds: 2 })),
  });
  const row = page.locator('tr[data-audio]', { hasText: 'Welcome' });
  await row.getByText('To be reviewed').waitFor();
  expect(sent).toContain(`PUT ${storage}`);
  await row.getByRole('button', { name: 'Sound of “Welcome”' }).click();
  await page.getByRole('button', { name: 'Play Welcome', disabled: false }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  expect(sent).toContain(`GET ${storage}`);
});
