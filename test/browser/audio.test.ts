import { describe, expect, test } from 'vitest';
import { tone, wavOf } from '../kit/audio.ts';
import { create, publish, save, write } from './author.ts';
import { setUpConsole } from './console.ts';
import { nodeAt, pick } from './hand.ts';

const { stack, visit } = setUpConsole({ SPEECH: 'polly' });

const recording = (name: string, seconds = 2) => ({
  name,
  mimeType: 'audio/wav',
  buffer: wavOf(tone({ seconds })),
});

describe('the library', () => {
  test('takes a recording, which a reviewer hears and approves; another is rejected with a reason', async () => {
    const page = await visit({ user: 'ed', roles: ['editor'], path: '/audio' });
    await page.getByText('还没有录音').waitFor();
    await page
      .locator('.upload-area input[type=file]')
      .setInputFiles([recording('门店.wav'), recording('旧版.wav')]);
    const row = (name: string) => page.locator('tbody tr', { hasText: name }).first();
    await row('门店').getByText('待审核').waitFor();
    await row('旧版').getByText('待审核').waitFor();
    await row('门店').getByText('2 秒').waitFor();

    const reviewer = await visit({ user: 'rita', roles: ['reviewer'], path: '/audio' });
    const shown = (name: string) => reviewer.locator('tbody tr', { hasText: name }).first();
    await shown('门店').getByRole('button', { name: '“门店”的波形' }).click();
    await reviewer.getByRole('button', { name: '播放 门店', disabled: false }).waitFor();
    await shown('门店')
      .getByRole('button', { name: /^通\s?过$/ })
      .click();
    await shown('门店').getByText('审核通过').waitFor();
    await shown('旧版').getByRole('button', { name: '不通过' }).click();
    await reviewer.getByLabel('原因').fill('杂音太大');
    await reviewer.locator('.ant-popconfirm').getByRole('button', { name: '不通过' }).click();
    await shown('旧版').getByText('杂音太大').waitFor();
    await shown('旧版').getByText('rita').waitFor();
  });

  test('takes what is recorded in the page, once it was heard and named', async () => {
    const page = await visit({ user: 'ed', roles: ['editor'], path: '/audio' });
    await page
      .getByRole('button', { name: /录\s?音$/ })
      .first()
      .click();
    await page.getByRole('timer').getByText('1 秒').waitFor();
    await page.getByRole('button', { name: /停\s?止$/ }).click();
    await page.locator('audio[src^="blob:"]').waitFor();
    await page.locator('.recorder').getByLabel('名称').fill('现场录音');
    await page.getByRole('button', { name: '上传录音' }).click();
    const row = page.locator('tr[data-audio]', { hasText: '现场录音' });
    await row.getByText('待审核').waitFor();
    await row.getByText(/^[12](\.\d)? 秒$/).waitFor();
  });

  test('says why a file is not taken, in the language of the console', async () => {
    const page = await visit({ user: 'ed', roles: ['editor'], path: '/audio' });
    await page.locator('.upload-area input[type=file]').setInputFiles([
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Hello') },
      { name: 'lies.wav', mimeType: 'audio/wav', buffer: Buffer.from('Hello') },
    ]);
    await page.getByText('只支持 MP3 和 WAV 文件。').waitFor();
    await page.locator('.upload-area').getByText('文件不是 MP3 或 WAV，请重新导出。').waitFor();
  });

  test('offers a viewer nothing but to look', async () => {
    const page = await visit({ user: 'vera', roles: ['viewer'], path: '/audio', locale: 'en-US' });
    await page.getByRole('heading', { name: 'Audio' }).waitFor();
    await page.locator('tr[data-audio]').first().waitFor();
    expect(await page.locator('.upload-area').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Approve$|Delete/ }).count()).toBe(0);
  });
});

test('step 3.3: a recording of one’s own is uploaded, reviewed, chosen and heard by a caller, without leaving the canvas', async () => {
  const page = await visit({ user: 'root', roles: ['admin'] });
  await create(page, '录音热线', '电话体验IVR');
  await pick(page, 'welcome');
  await page.locator('.panel').getByText('选择现有音频').click();
  await page.locator('.panel').getByRole('button', { name: '上传或录音' }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.locator('input[type=file]').setInputFiles(recording('欢迎词.wav', 3));
  await dialog.getByText('“欢迎词”等待审核').waitFor();
  await dialog.getByRole('button', { name: /^通\s?过$/ }).click();
  await dialog.locator('.words').getByText('审核通过').waitFor();
  await dialog.getByRole('button', { name: /^使\s?用$/ }).click();
  await page.locator('.panel .audio-choice').getByText('欢迎词').waitFor();
  await page.locator(nodeAt('welcome')).waitFor();
  await save(page);
  await publish(page, '第一版');

  const listed = Promise.withResolvers<void>();
  await page.route('**/api/flows?*', async (route) => {
    await listed.promise;
    await route.continue();
  });
  await page.goto(new URL('/numbers', page.url()).href);
  await page.getByRole('button', { name: '绑定号码' }).first().click();
  await page.locator('.ant-modal').getByLabel('号码').fill('+15550177');
  await page.locator('.ant-modal').getByLabel('IVR 流程').click();
  // Who types fast chooses before the list of flows has come.
  await page.keyboard.type('录音热线');
  await page.keyboard.press('Enter');
  listed.resolve();
  await page.locator('.ant-modal .ant-select').getByText('录音热线').waitFor();
  await page.locator('.ant-modal').getByRole('button', { name: '绑定号码' }).click();
  await page.getByText('+15550177 已绑定“录音热线”。').waitFor();
  const { out } = await stack.run('cli/call.ts', ['+15550177', '--keys', 'wait', '--xml']).ended;
  expect(out).toMatch(/<Play>[^<]*\/audio\/a-[0-9a-f]{32}\.wav<\/Play>/);
});

test('a text is auditioned before it is saved; its speech is made at the publish', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'] });
  await create(page, '语音热线', '电话体验IVR');
  await write(page, 'welcome', '您好，这里是语音热线。');
  const heard = page.waitForResponse((response) => response.url().includes('/api/speech/preview'));
  await page.locator('.panel').getByRole('button', { name: /^试听/ }).first().press('Enter');
  const answer = await heard;
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'audio/wav']);
  const made = page.waitForResponse((response) => response.url().endsWith('/speech'));
  await publish(page, '第一版');
  expect(await (await made).json()).toMatchObject({ left: 0, failed: [] });
  await page.getByText('转人工: 接通后用户侧播报音：含有变量').waitFor();
});

test('pronunciations are kept, and which flows speak otherwise until they are published again is told', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'], path: '/audio' });
  await page.getByRole('button', { name: '读音设置' }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByText('该语言还没有设置读音。').waitFor();
  await dialog.getByRole('button', { name: '添加词语' }).click();
  await dialog.getByLabel('词语', { exact: true }).fill('致电');
  await dialog.getByLabel('读作').fill('来电');
  await dialog.getByRole('button', { name: /^保\s?存$/ }).click();
  await page.getByText(/以下流程已上线，重新发布之前读法不变：.*电话体验IVR/).waitFor();
  await page.getByRole('button', { name: '读音设置' }).click();
  await expect.poll(() => dialog.getByLabel('读作').inputValue()).toBe('来电');
});

test('words of several languages are written one after the other and saved together', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'], path: '/audio', locale: 'en-US' });
  await page.getByRole('button', { name: 'Pronunciation' }).click();
  const dialog = page.locator('.ant-modal');
  const word = dialog.getByLabel('Word', { exact: true });
  const language = dialog.getByRole('combobox', { name: 'Language' });
  const choose = async (name: string) => {
    await language.fill(name);
    await language.press('Enter');
  };
  const write = async (text: string) => {
    await dialog.getByRole('button', { name: 'Add a word' }).click();
    await word.fill(text);
    await dialog.getByLabel('Spoken as').fill(`${text} ${text}`);
  };
  await choose('fr-FR');
  await write('SNCF');
  await choose('de-DE');
  await write('BVG');
  await choose('fr-FR');
  expect(await word.inputValue()).toBe('SNCF');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Pronunciation' }).click();
  for (const [name, text] of [
    ['de-DE', 'BVG'],
    ['fr-FR', 'SNCF'],
  ] as const) {
    await choose(name);
    await expect.poll(() => word.inputValue()).toBe(text);
  }
}, 60_000);
