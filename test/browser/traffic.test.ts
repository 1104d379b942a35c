import { expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { publish } from '../../lib/admin/publish.ts';
import { setUpConsole } from './console.ts';

const { stack, visit, admin } = setUpConsole();

test('traffic is drawn on a version by one request, a click lists the calls, and one call is drawn with its path', async () => {
  await stack.run('cli/call.ts', ['+15550100', '--keys', '1']).ended;
  const { document } = await readDraft(admin(), 'phone-experience');
  await saveDraft(admin(), { ...document, name: 'Second' }, { force: true });
  await publish(admin(), 'phone-experience', {});
  const page = await visit({ user: 'vi', roles: ['viewer'], locale: 'en-US' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${new URL(page.url()).origin}/flows/phone-experience/traffic`);
  const first = page.locator('[data-version="2"]');
  await first.getByText('v2: 0 calls').waitFor();
  await page.getByLabel('Compare with').click();
  await page.locator('.ant-select-item-option', { hasText: 'v1' }).click();
  const second = page.locator('[data-version="1"]');
  await second.getByText('v1: 1 call').waitFor();
  expect(asked.filter((path) => path.endsWith('/traffic') && path.startsWith('/api/'))).toHaveLength(2);
  const menu = second.locator('.react-flow__node[data-id=menu]');
  expect(await menu.locator('.flag').innerText()).toContain('1 · 100%');
  await menu.click();
  await second.locator('.traffic-calls').getByText('1 1').click();
  await second.locator('.traffic-calls .call-open').click();
  await page.locator('.ant-drawer').getByRole('link', { name: 'Show on the canvas' }).click();
  await page.waitForURL(/\/calls\/CA/);
  const looking = page.locator('.looking');
  await looking.locator('.module[data-tone~=here]').waitFor();
  expect(await looking.locator('.module[data-tone~=path]').count()).toBeGreaterThan(1);
  await looking.locator('.react-flow__node[data-id=menu]').click();
  await page.locator('.call-step.is-marked').getByText('Pressed 1').waitFor();
});
