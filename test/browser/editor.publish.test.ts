import { expect, test } from 'vitest';
import { listFlows, saveDraft } from '../../lib/admin/flows.ts';
import { bindNumber } from '../../lib/admin/numbers.ts';
import { listVersions, publish as publishDraft } from '../../lib/admin/publish.ts';
import { drawing } from '../kit/sampleflows.ts';
import { pick } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();

test('a publish says whom it concerns, and is taken back within ten seconds', async () => {
  const admin = stage.admin();
  await saveDraft(admin, drawing, { force: true });
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  const dialog = page.locator('.ant-modal');
  const publish = async (meanwhile?: () => Promise<void>) => {
    await page.getByRole('button', { name: 'Publish', exact: true }).press('Enter');
    await meanwhile?.();
    await dialog.getByText('Affected callers').waitFor();
    const said = await dialog.locator('.reach').innerText();
    await dialog.getByRole('button', { name: 'Publish' }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    return said;
  };
  const notice = page.locator('.published');
  expect(await publish()).toBe('No number reaches it yet.\nNobody is on the line now.');
  await notice.getByText('Version 1 is live').waitFor();
  // Nothing was live before it, so there is nothing to go back to.
  expect(await notice.getByRole('button', { name: /^Undo/ }).count()).toBe(0);

  // The dialog lists all warnings that the bar counts: those of the check, of the proof and of the linter.
  const badge = page.locator('.topbar').getByRole('button', { name: /^Problems/ });
  const count = async () => Number(await badge.innerText());
  await expect.poll(count).toBeGreaterThan(0);
  await bindNumber(admin, '+15550142', drawing.id);
  await pick(page, 'hello');
  await page.locator('.panel').getByLabel('Prompt', { exact: true }).fill('Hello again.');
  // What the notice of the first publish counted is old by now: the dialog waits for the answer.
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/numbers*', (route) => asked.then(() => route.continue()));
  const said = await publish(async () => {
    await dialog.getByText('Changes against version 1').waitFor();
    expect(await dialog.locator('.reach').count()).toBe(0);
    expect(await dialog.locator('.problem-list .is-warning').count()).toBe(await count());
    expect(await dialog.locator('.problem-source').count()).toBeGreaterThan(0);
    // What comes late does not move the buttons away from who presses them.
    const button = dialog.getByRole('button', { name: 'Publish' });
    const place = await button.boundingBox();
    answer();
    await dialog.locator('.reach').waitFor();
    expect(await button.boundingBox()).toEqual(place);
  });
  expect(said).toContain('Callers of these numbers reach it: +15550142.');
  await notice.getByText('Version 2 is live').waitFor();
  await notice.getByRole('button', { name: /^Undo/ }).press('Enter');
  await notice.getByText('Version 1 is live again.').waitFor();
  await page.locator('.status', { hasText: 'Version 1 is live' }).waitFor();
  const row = (await listFlows(admin)).items.find(({ id }) => id === drawing.id);
  expect(row).toMatchObject({ live: 1, newest: 2 });
}, 60_000);

test('a file without a layout stands nowhere else in the version that was published of it', async () => {
  const { layout: _, ...file } = drawing;
  const flow = { ...file, id: 'unplaced' };
  await saveDraft(stage.admin(), flow, { force: true });
  await publishDraft(stage.admin(), flow.id);
  const page = await stage.open(flow.id, { locale: 'en-US' });
  await page.getByRole('button', { name: 'Publish', exact: true }).press('Enter');
  await page.locator('.ant-modal').getByText('Nothing has changed since the live version.').waitFor();
}, 60_000);

test('a publish without a network keeps the dialog and its note', async () => {
  await saveDraft(stage.admin(), { ...drawing, id: 'offline' }, { force: true });
  const page = await stage.open('offline', { locale: 'en-US' });
  await pick(page, 'hello');
  await page.locator('.panel').getByLabel('Prompt', { exact: true }).fill('Hello again.');
  await page.getByRole('button', { name: 'Publish', exact: true }).press('Enter');
  const dialog = page.locator('.ant-modal');
  await dialog.getByLabel('Note').fill('Friendlier');
  await page.context().setOffline(true);
  await dialog.getByRole('button', { name: 'Publish' }).press('Enter');
  await dialog.getByText(/^Not published: /).waitFor();
  await page.context().setOffline(false);
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
  await dialog.getByRole('button', { name: 'Publish' }).press('Enter');
  await page.locator('.published').getByText('Version 1 is live').waitFor();
  const [version] = (await listVersions(stage.admin(), 'offline')).items;
  expect(version?.note).toBe('Friendlier');
}, 60_000);

test('a publish that meets what somebody else has saved keeps its note for the next attempt', async () => {
  const flow = { ...drawing, id: 'met' };
  await saveDraft(stage.admin(), flow, { force: true });
  const page = await stage.open('met', { locale: 'en-US' });
  await pick(page, 'hello');
  await page.locator('.panel').getByLabel('Prompt', { exact: true }).fill('Hello again.');
  await page.getByRole('button', { name: 'Publish', exact: true }).press('Enter');
  const dialog = page.locator('.ant-modal.publish');
  await dialog.getByLabel('Note').fill('Friendlier');
  await saveDraft(stage.admin(), { ...flow, name: 'Theirs' }, { force: true });
  await dialog.getByRole('button', { name: 'Publish' }).press('Enter');
  await page.getByText('seed has saved this flow meanwhile').waitFor();
  await page.getByRole('button', { name: 'Keep both' }).click();
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.locator('.published').getByText('Version 1 is live').waitFor();
  const [version] = (await listVersions(stage.admin(), 'met')).items;
  expect(version?.note).toBe('Friendlier');
}, 60_000);
