import { describe, expect, test } from 'vitest';
import { hideFlow } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { listVersions, publish, readVersion, setLive } from '../lib/admin/publish.ts';
import { fetchVersion as walk } from '../lib/store/flows/versions.ts';
import { versionPk } from '../lib/store/table/keys.ts';
import { remove } from '../lib/store/table/table.ts';
import { partition, save } from './kit/flowstore.ts';
import { releaseNodeItems } from './kit/nodeitems.ts';
import { corridor, greeting } from './kit/sampleflows.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const { admin, load } = setUpVoice();

describe('a version with one item a node', () => {
  test('is walked by calls, step by step', async () => {
    const { table } = admin();
    await releaseNodeItems(table, { ...corridor('old', 30), notes: { n: { at: [0, 0], text: 'Mind.' } } });
    await bindNumber(admin(), '+15550110', 'old');
    const voice = await load();
    const first = await hear(voice, '/voice/incoming', { ...call, To: '+15550110' });
    expect(first).toContain('这里是第0层');
    expect(await hear(voice, actionOf(first), { ...call, Digits: '1' })).toContain('这里是第1层');
  });

  test('is shown as it was frozen, listed, compared and made live beside those in pieces', async () => {
    const { table } = admin();
    const document = { ...greeting('mixed'), notes: { n: { at: [0, 0] as const, text: 'Mind.' } } };
    await releaseNodeItems(table, document);
    await save(table, greeting('mixed', 'Two.'));
    await publish(admin(), 'mixed');
    expect(await readVersion(admin(), 'mixed', 1)).toEqual(document);
    expect(await readVersion(admin(), 'mixed', 2)).toEqual(greeting('mixed', 'Two.'));
    const { layout: _, notes: __, ...walked } = document;
    expect(await walk(table, 'mixed', 1)).toEqual(walked);
    const { items } = await listVersions(admin(), 'mixed');
    expect(items.map(({ version, nodes }) => [version, nodes])).toEqual([
      [2, 3],
      [1, 3],
    ]);
    expect(await setLive(admin(), 'mixed', 1)).toMatchObject({ version: 1, name: 'Flow mixed' });
  });

  test('keeps ids such as constructor, the order of its nodes, and a layout that is not there', async () => {
    const { table } = admin();
    const { layout: _, ...bare } = corridor('bare', 300);
    await releaseNodeItems(table, bare);
    const read = await readVersion(admin(), 'bare', 1);
    expect(read).toEqual(bare);
    expect(Object.keys(read.nodes)).toEqual(Object.keys(bare.nodes));
  });

  test('is not there without one of its nodes', async () => {
    const { table } = admin();
    await releaseNodeItems(table, greeting('torn'));
    await remove(table, { pk: versionPk('torn', 1), sk: 'node#0001#hello' });
    expect(await walk(table, 'torn', 1)).toBeUndefined();
    await expect(readVersion(admin(), 'torn', 1)).rejects.toMatchObject({ code: 'version-missing' });
  });

  test('gets its end with its flow, every item of it', async () => {
    const { table } = admin();
    await releaseNodeItems(table, corridor('ending', 60));
    await hideFlow(admin(), 'ending');
    const items = await partition(table, versionPk('ending', 1));
    expect(items).toHaveLength(61);
    const end = String(Date.parse('2026-01-01T00:00:00Z') / 1000 + 90 * 86_400);
    expect(new Set(items.map(({ expiresAt }) => expiresAt?.N))).toEqual(new Set([end]));
  });
});
