import { existsSync } from 'node:fs';
import type { Admin } from '../../lib/admin/admin.ts';
import { listAudio } from '../../lib/admin/audio.ts';
import { listConnections } from '../../lib/admin/connections.ts';
import { listFlows, readDraft } from '../../lib/admin/flows.ts';
import { listGroups } from '../../lib/admin/groups.ts';
import { readVersion } from '../../lib/admin/publish.ts';
import { listSchedules } from '../../lib/admin/schedules.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import { difference, withoutMoves } from '../../lib/proof/difference.ts';
import { changeSentence, englishDifference } from '../../lib/proof/sentences.ts';
import { collectPage } from '../../lib/store/table/page.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { FileFault } from '../file.ts';
import { openAdmin } from '../target.ts';
import { readFlowFile } from './files.ts';

/**
 * The differences of two flows, one sentence for each. Changes of the layout are listed apart and do not count. A flow is a file, `ID`
 * (its draft), `ID@3` or `ID@live`.
 */
export async function diffFlows(
  [one = '', other = '']: readonly string[],
  stage: string | undefined,
): Promise<Answer> {
  const opened = isFile(one) && isFile(other) ? undefined : openAdmin(stage);
  try {
    const before = await read(opened, one);
    const after = await read(opened, other);
    const changes = difference(before, after);
    const told = withoutMoves(changes);
    const names = opened === undefined ? new Map<string, string>() : await namesOutside(opened);
    const words = {
      ...englishDifference,
      resource: (kind: string, id: string) => names.get(`${kind} ${id}`),
    };
    const sentence = (change: (typeof changes)[number]) =>
      inline(changeSentence(words, change, before, after));
    const moved = changes.filter((change) => !told.includes(change)).map(sentence);
    const sentences = told.map(sentence);
    const text = [...(sentences.length === 0 ? ['No differences.'] : sentences), ...moved];
    return { text: text.join('\n'), json: { changes: sentences, layout: moved }, fine: told.length === 0 };
  } finally {
    opened?.table.client.destroy();
  }
}

/** The names of skill groups, audio, schedules, connections and flows: `schedules office` → `Office hours`. */
async function namesOutside(admin: Admin): Promise<Map<string, string>> {
  const lists = {
    groups: await collectPage((paging) => listGroups(admin, paging)),
    audio: await collectPage((paging) => listAudio(admin, paging)),
    schedules: await collectPage((paging) => listSchedules(admin, paging)),
    connections: await collectPage((paging) => listConnections(admin, paging)),
    flows: await collectPage((paging) => listFlows(admin, paging)),
  };
  return new Map(
    Object.entries(lists).flatMap(([kind, items]) =>
      items.map(({ id, name }): [string, string] => [`${kind} ${id}`, name]),
    ),
  );
}

function isFile(name: string): boolean {
  return name.includes('/') || name.endsWith('.json') || existsSync(name);
}

async function read(admin: Admin | undefined, name: string): Promise<Flow> {
  if (admin === undefined || isFile(name)) return readFlowFile(name);
  const [id = '', ...versions] = name.split('@');
  const version = versions.length === 0 ? undefined : versions.join('@');
  if (version === undefined) return (await readDraft(admin, id)).document;
  if (version !== 'live') {
    if (!/^[1-9][0-9]{0,8}$/.test(version)) {
      throw new FileFault(`"${name}" is not a flow: write a file, ${id} (the draft), ${id}@3 or ${id}@live.`);
    }
    return await readVersion(admin, id, Number(version));
  }
  const { live } = await readDraft(admin, id);
  if (live === undefined) throw new FileFault(`${id} has no live version: it was never published.`);
  return await readVersion(admin, id, live);
}
