import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { main as flows } from '../../cli/flows.ts';
import { openIssuer } from '../../local/issuer/issuer.ts';
import { readDataDir } from '../../local/settings.ts';
import { readStack } from '../../local/stack.ts';
import { launch } from '../../test/browser/chromium.ts';
import { signIn } from '../../test/browser/console.ts';

/** A picture of the README: a page of the console on the running stack. */
interface Picture {
  readonly name: string;
  readonly path: string;
  readonly locale: 'zh-CN' | 'en-US';
  readonly colorScheme: 'light' | 'dark';
  /** What is done on the page before it is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

const pictures: readonly Picture[] = [
  { name: 'trap', path: '/flows/rating', locale: 'en-US', colorScheme: 'light', act: playTrap },
  { name: 'trap-zh', path: '/flows/rating-zh', locale: 'zh-CN', colorScheme: 'light', act: playTrap },
  { name: 'editor', path: '/flows/office', locale: 'en-US', colorScheme: 'light' },
  { name: 'editor-zh', path: '/flows/phone-experience', locale: 'zh-CN', colorScheme: 'dark' },
];

const stack = readStack(readDataDir());
if (stack === undefined) {
  console.error('The pictures are taken of a running stack: npm start it in another terminal first.');
  process.exit(1);
}

await saveTrap(stack.url);
const browser = await launch();
for (const { name, path, locale, colorScheme, act } of pictures) {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ locale, colorScheme, viewport, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(`${stack.url}${path}`);
  await signIn(page, 'lin', ['admin']);
  await page.locator('.react-flow__node').first().waitFor();
  await act?.(page);
  // The drawing glides to where it fits.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
  await context.close();
  console.log(`docs/pictures/${name}.png`);
}
await browser.close();

/** Saves the flows with the trap, and the skill group that the English one names. */
async function saveTrap(url: string): Promise<void> {
  for (const name of ['rating', 'rating-zh']) {
    const file = fileURLToPath(new URL(`../trap/${name}.flow.json`, import.meta.url));
    if ((await flows(['push', file, '--force'])) !== 0) throw new Error(`${file} was not saved: see above.`);
  }
  const issuer = await openIssuer(readDataDir(), url, () => new Date());
  const token = await issuer.accessToken({ user: 'lin', roles: ['admin'] });
  const answer = await fetch(`${url}/api/skill-groups/sales`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Sales' }),
  });
  if (!answer.ok) throw new Error(`The skill group was refused: ${answer.status} ${await answer.text()}`);
}

/** Plays the call that never ends on the drawing. */
async function playTrap(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Problems|问题)( \d+)?$/ }).click();
  await page
    .getByRole('button', { name: /^(Play|演示)$/ })
    .last()
    .click();
  const callers = page.getByRole('region', { name: /^(What every caller meets|来电者会遇到什么)$/ });
  await callers.getByRole('button', { name: /^(Next step|下一步)$/ }).click();
  await page.getByText('2 / 2').waitFor();
  await page.mouse.move(0, 0);
}
