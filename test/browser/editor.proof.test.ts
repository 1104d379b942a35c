import { expect, test } from 'vitest';
import { saveDraft } from '../../lib/admin/flows.ts';
import { flowOf, menu, transfer } from '../kit/testflows.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();

test('what fails is listed with the check, played step by step on the canvas, and what no caller reaches is pale', async () => {
  const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
  const flow = flowOf({
    first: menu({ 1: 'agents', 2: 'trap' }, { ...spoken, prompt: { text: 'For an agent, press 1.' } }),
    trap: menu({ 1: 'trap', timeout: 'trap', errors: 'trap' }, { ...spoken, label: 'Trap' }),
    agents: transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' }),
    unseen: { type: 'play', label: 'Unseen', prompt: { text: 'Hidden.' }, exits: { next: 'bye' } },
  });
  await saveDraft(stage.admin(), flow, { force: true });
  const page = await stage.open(flow.id, { locale: 'en-US' });
  await page.getByRole('button', { name: 'Problems' }).click();
  const panel = page.getByRole('region', { name: 'Problems' });
  const failing = panel.locator('li', { has: page.locator('[data-rule="kept-for-ever"]') });
  await panel.locator('[data-rule="unreachable"]').waitFor();
  await failing.getByRole('button', { name: 'Play' }).click();

  const callers = page.getByRole('region', { name: 'What every caller meets' });
  const toned = (tone: string) => page.locator(`.module[data-tone~="${tone}"]`).allInnerTexts();
  await callers.getByText('1 / 2').waitFor();
  await callers.getByRole('button', { name: 'Next step' }).click();
  await callers.getByText('Presses 2').waitFor();
  await expect.poll(async () => (await toned('here')).map((text) => text.split('\n')[0])).toEqual(['Trap']);
  expect(await toned('path')).toHaveLength(2);

  await callers.getByRole('button', { name: 'Back' }).click();
  await callers.getByText('1 key,').first().waitFor();
  await expect.poll(async () => (await toned('dim')).map((text) => text.split('\n')[0])).toEqual(['Unseen']);

  await panel.locator('[data-rule="promised"]').first().click();
  await page.locator('.panel [data-field]').first().waitFor();
}, 60_000);

test('of many nodes that no caller reaches, some are listed and the others counted', async () => {
  const loose = Array.from({ length: 23 }, (_, place) => [
    `loose${place}`,
    { type: 'play', prompt: { text: 'Hidden.' }, exits: { next: 'bye' } },
  ]);
  const flow = flowOf({
    first: { type: 'play', prompt: { text: 'Hello.' }, exits: { next: 'bye' } },
    ...Object.fromEntries(loose),
  });
  await saveDraft(stage.admin(), flow, { force: true });
  const page = await stage.open(flow.id, { locale: 'en-US' });
  await page.getByRole('button', { name: 'What every caller meets' }).click();
  const unreached = page.locator('.callers-fact', { hasText: 'No caller reaches' });
  await unreached.getByText('and 3 more').waitFor();
  expect(await unreached.getByRole('button').count()).toBe(20);
}, 60_000);
