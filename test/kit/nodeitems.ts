import type { Flow } from '../../lib/flow/flow.ts';
import { moveLive, takeNumber } from '../../lib/store/flows/flows.ts';
import { toItem } from '../../lib/store/table/item.ts';
import { versionKey, versionPk } from '../../lib/store/table/keys.ts';
import { put, putAll, type Table } from '../../lib/store/table/table.ts';
import { at, needHead, save } from './flowstore.ts';

/** Publishes a document in the form of earlier releases: one item a node, and a head that holds the rest. */
export async function releaseNodeItems(table: Table, document: Flow): Promise<number> {
  await save(table, document);
  const { id, nodes, layout, notes, ...rest } = document;
  const version = await takeNumber(table, id);
  const entries = Object.entries(nodes);
  await putAll(
    table,
    entries.map(([node, settings], place) => {
      const sk = `node#${String(place).padStart(4, '0')}#${node}`;
      const position = layout?.[node] === undefined ? undefined : JSON.stringify(layout[node]);
      const { type, label } = settings;
      const json = JSON.stringify(settings);
      return toItem({ pk: versionPk(id, version), sk, id: node, type, label, json, position });
    }),
  );
  const language = document.language ?? 'en-US';
  await put(table, versionKey(id, version), {
    ...{ version, at: at.toISOString(), by: 'ann', name: document.name, language, nodes: entries.length },
    json: JSON.stringify({ id, ...rest, ...(layout === undefined ? {} : { layout: {} }) }),
    notes: notes && JSON.stringify(notes),
  });
  await moveLive(table, await needHead(table, id), { version, language }, at);
  return version;
}
