import { expect, test } from 'vitest';
import { setUpConsole } from './console.ts';

const { visit } = setUpConsole();

test('an admin tries the demo service, and takes where a value stands; then changes its name', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/connections', locale: 'en-US' });
  const card = page.locator('[data-connection=bank]');
  await card.getByLabel('Path').fill('/orders/1234');
  await card.getByRole('button', { name: 'Try it' }).click();
  await card.getByText('Status 200').waitFor();
  // What was written for another method is not sent with GET.
  const method = card.getByLabel('Method');
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await method.press(key);
  await card.getByLabel('Body').fill('not JSON');
  for (const key of ['ArrowDown', 'ArrowUp', 'Enter']) await method.press(key);
  await card.getByRole('button', { name: 'Try it' }).click();
  await page.locator('[data-connection=bank] .ant-btn-loading').waitFor({ state: 'detached' });
  expect(await page.locator('.toast.is-error').count()).toBe(0);
  expect(await card.getByRole('button', { name: '/state' }).innerText()).toContain('shipped');
  await card.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByLabel('Name').fill('Orders');
  await dialog.getByLabel('Headers').fill('X-Key: one\nx-key: two');
  await dialog.getByText('The header x-key stands here twice').waitFor();
  await dialog.getByLabel('Headers').fill('X-Key: s3cret');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Orders').waitFor();
  await card.getByText('X-Key').waitFor();
  expect(await page.content()).not.toContain('s3cret');
});
