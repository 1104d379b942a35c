import { expect, test } from 'vitest';
import { setUpConsole } from './console.ts';

const site = setUpConsole();

test('a number is called from the console through the embedded carrier, and an agent beside it answers, by keyboard alone', async () => {
  const page = await site.visit({ user: 'ann', roles: ['admin'], path: '/numbers' });
  const loaded: string[] = [];
  page.on('response', (response) => {
    if (response.ok()) loaded.push(new URL(response.url()).pathname);
  });
  const row = page.getByRole('row', { name: /\+15550100/ });
  await row.getByRole('button', { name: '拨打该号码' }).press('Enter');

  const agent = page.getByRole('region', { name: '客服1001' });
  await agent.getByRole('button', { name: '签入并接听来电' }).press('Enter');
  await agent.getByText('就绪').waitFor();

  const caller = page.getByRole('region', { name: '来电者' });
  await caller.getByRole('button', { name: '拨打', exact: true }).press('Enter');
  await caller.getByText('您好，欢迎致电。').waitFor();
  await page.keyboard.press('1');
  await caller.getByText('正在为您转接，请稍后。').waitFor();
  await agent.getByRole('button', { name: '接听', exact: true }).press('Enter');
  await caller.getByText('客服1 0 0 1号为您服务。').waitFor();
  await caller.getByText('已接通').waitFor();

  const say = agent.getByRole('textbox', { name: '说点什么' });
  await say.fill('您好，请讲。');
  await say.press('Enter');
  await caller.getByText('对方说：您好，请讲。').waitFor();
  await agent.getByRole('button', { name: '挂断' }).press('Enter');
  await caller.getByText('已结束').waitFor();
  await agent.getByRole('button', { name: '签出' }).press('Enter');
  await agent.getByText('空闲').waitFor();
  // A browser without voices fetches what is spoken; the music of the queue is a file.
  expect(loaded).toContain('/api/speech/preview');
  expect(loaded).toContain('/audio/hold-music-1.mp3');
}, 60_000);

test('only who is signed in reaches the carrier’s phones', async () => {
  const order = { method: 'POST', body: JSON.stringify({ to: '+15550100', from: '+15550199' }) };
  const headers = { 'content-type': 'application/json', authorization: 'Bearer nobody' };
  const answer = await fetch(`${site.url()}/carrier/phones`, { ...order, headers });
  expect(answer.status).toBe(401);
});
