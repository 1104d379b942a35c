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
  /** What must be on the page before it is taken. */
  readonly shows: string;
}

const pictures: readonly Picture[] = [
  { name: 'flows', path: '/flows', locale: 'en-US', colorScheme: 'light', shows: '.page table' },
  {
    name: 'editor',
    path: '/flows/office',
    locale: 'en-US',
    colorScheme: 'light',
    shows: '.react-flow__node',
  },
  {
    name: 'editor-zh',
    path: '/flows/phone-experience',
    locale: 'zh-CN',
    colorScheme: 'dark',
    shows: '.react-flow__node',
  },
];

const stack = readStack(readDataDir());
if (stack === undefined) {
  console.error('The pictures are taken of a running stack: npm start it in another terminal first.');
  process.exit(1);
}

const browser = await launch();
for (const { name, path, locale, colorScheme, shows } of pictures) {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ locale, colorScheme, viewport, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(`${stack.url}${path}`);
  await signIn(page, 'lin', ['admin']);
  await page.locator(shows).first().waitFor();
  // The drawing glides to where it fits.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: new URL(`${name}.png`, import.meta.url).pathname });
  await context.close();
  console.log(`docs/pictures/${name}.png`);
}
await browser.close();
