import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { contentTypeOf } from '../../local/build.ts';
import { launch } from '../../test/browser/chromium.ts';
import { startServer, type TestServer } from '../../test/kit/server.ts';
import { drawing } from '../drawing.ts';
import { median } from '../race.ts';
import type { Line } from '../report.ts';

/** How many nodes the measured flow has. */
const nodes = 2000;

/** How often each gesture is measured. */
const rounds = 3;

/** What a gesture costs the page's main thread, in milliseconds of processor time. */
interface Cost {
  readonly script: number;
  readonly task: number;
}

/** Two pages with the same flow: the editor, and React Flow alone. */
const subjects = { editor: 'test/browser/page', bare: 'bench/rivals/canvas' } as const;

type Subject = keyof typeof subjects;

/** The editor in a browser at 2,000 nodes, beside React Flow alone on the same flow: typing, dragging, panning, opening. */
export async function measure(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-console-'));
  const server = await serve(folder);
  const browser = await launch();
  try {
    const costs = { editor: [] as Costs[], bare: [] as Costs[] };
    // The first round warms up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const subject of ['editor', 'bare'] as const) {
        const context = await browser.newContext({
          locale: 'en-US',
          viewport: { width: 1280, height: 800 },
          reducedMotion: 'reduce',
        });
        const cost = await visit(await context.newPage(), `${server.url}/${subject}/?flow=bench`, subject);
        if (round > 0) costs[subject].push(cost);
        await context.close();
      }
    }
    return linesOf(costs);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** What one visit cost. A page without a form has no typing. */
interface Costs {
  readonly open: Cost;
  readonly drag: Cost;
  readonly pan: Cost;
  readonly key?: Cost;
}

function linesOf({ editor, bare }: Record<Subject, readonly Costs[]>): Line[] {
  const of = (all: readonly Costs[], what: keyof Costs, part: keyof Cost) =>
    median(all.flatMap((each) => each[what]?.[part] ?? []));
  const beside = (what: 'open' | 'drag' | 'pan', part: keyof Cost, name: string, most: number): Line => ({
    what: name,
    measured: of(editor, what, part),
    unit: 'ms',
    ratio: of(editor, what, part) / of(bare, what, part),
    beside: 'React Flow alone',
    aim: { most },
  });
  return [
    {
      what: `a key typed into a prompt, ${nodes} nodes: script`,
      measured: of(editor, 'key', 'script'),
      unit: 'ms',
      aim: { most: 8 },
    },
    { what: `a key typed into a prompt: all work`, measured: of(editor, 'key', 'task'), unit: 'ms' },
    beside('drag', 'script', 'dragging a node 30 moves: script', 1.3),
    beside('pan', 'task', 'panning 30 moves with all in view: all work', 1.3),
    beside('open', 'script', `opening: script`, 1),
  ];
}

async function visit(page: Page, url: string, subject: Subject): Promise<Costs> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const open = await cost(session, page, async () => {
    await page.goto(url);
    await page.locator('.react-flow__node').first().waitFor();
  });
  const key = subject === 'editor' ? await typing(session, page) : undefined;
  const drag = await cost(session, page, () => dragging(page));
  await page
    .getByRole('button', { name: /^fit (view|to screen)$/i })
    .first()
    .click();
  await settled(page);
  const pan = await cost(session, page, async () => {
    await page.mouse.move(500, 400);
    for (let move = 0; move < 30; move += 1) {
      await page.mouse.wheel(move % 2 === 0 ? 40 : -30, move % 3 === 0 ? 30 : -20);
      await settled(page);
    }
  });
  return { open, drag, pan, ...(key === undefined ? {} : { key }) };
}

async function typing(session: CDPSession, page: Page): Promise<Cost> {
  await page.locator('.react-flow__node[data-id="menu0"]').click();
  const field = page.locator('.panel [data-field="prompt"] textarea').first();
  await field.click();
  const text = 'Please hold the line, ';
  const whole = await cost(session, page, async () => {
    for (const letter of text) await page.keyboard.type(letter);
    // What waits for a pause is counted, too.
    await page.waitForTimeout(1500);
  });
  await page.keyboard.press('Escape');
  return { script: whole.script / text.length, task: whole.task / text.length };
}

async function dragging(page: Page): Promise<void> {
  const box = await page.locator('.react-flow__node[data-id="menu0"]').boundingBox();
  if (box === null) throw new Error('The node to drag is not in view.');
  const [x, y] = [box.x + box.width / 3, box.y + Math.min(12, box.height / 2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= 30; move += 1) {
    await page.mouse.move(x + move * 4, y + move * 2);
    await settled(page);
  }
  await page.mouse.up();
}

/** What the main thread did meanwhile, until two frames after. */
async function cost(session: CDPSession, page: Page, work: () => Promise<unknown>): Promise<Cost> {
  const before = await read(session);
  await work();
  await settled(page);
  const after = await read(session);
  return { script: after.script - before.script, task: after.task - before.task };
}

async function read(session: CDPSession): Promise<Cost> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
  return { script: of('ScriptDuration'), task: of('TaskDuration') };
}

async function settled(page: Page): Promise<void> {
  await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
}

/** Places in rows of fifty: a drawing that fits into a window. */
function gridOf(ids: readonly string[]): Record<string, readonly [number, number]> {
  return Object.fromEntries(ids.map((id, at) => [id, [(at % 50) * 300, Math.floor(at / 50) * 240]]));
}

async function serve(folder: string): Promise<TestServer> {
  process.env.NODE_ENV = 'production';
  for (const [name, root] of Object.entries(subjects)) {
    await build({
      root,
      base: './',
      configFile: false,
      logLevel: 'error',
      build: { outDir: join(folder, name), target: 'es2023', reportCompressedSize: false },
    });
  }
  const flow = JSON.stringify({
    ...drawing(nodes),
    id: 'bench',
    layout: gridOf(Object.keys(drawing(nodes).nodes)),
  });
  const row = JSON.stringify({ items: [{ id: 'bench', name: 'Bench', changed: true }] });
  const answers: Readonly<Record<string, string>> = { '/api/flows/bench': flow, '/api/flows': row };
  return await startServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (pathname.startsWith('/api/')) {
      response.setHeader('etag', '"1"').end(answers[pathname] ?? '{"items":[]}');
      return;
    }
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    response.setHeader('content-type', contentTypeOf(file)).end(readFileSync(file));
  });
}
