import { createHash } from 'node:crypto';
import { Failure } from '../../errors.ts';
import { expiry } from '../table/item.ts';
import { scriptKey } from '../table/keys.ts';
import { expireItems, fromPieces, keepItems, piecesIn, toPieces } from '../table/pieces.ts';
import { get, put, putIf, remove, type Table } from '../table/table.ts';

/** The call script that is stored with the draft of a flow. */
export interface KeptScript {
  readonly text: string;
  /** A digest of the text; it is the ETag. */
  readonly revision: string;
}

const noScript: KeptScript = { text: '', revision: revisionOf('') };

/** The call script of a flow's draft; an empty one if there is none. */
export async function fetchScript(table: Table, id: string): Promise<KeptScript> {
  const item = await get(table, scriptKey(id));
  if (item === undefined) return noScript;
  const text = fromPieces(piecesIn([item])) as string;
  return { text, revision: revisionOf(text) };
}

/** The parameters of a save. */
export interface ScriptSave {
  readonly by: string;
  readonly at: Date;
  /** The revision that must be stored now; any if left out. */
  readonly seen?: string | undefined;
}

/**
 * Stores a call script with the draft of a flow, as one item: it may have `longestScript` UTF-16 units. Throws `script-stale` if the
 * stored revision is not `seen`.
 */
export async function putScript(
  table: Table,
  id: string,
  text: string,
  { by, at, seen }: ScriptSave,
): Promise<KeptScript> {
  const revision = revisionOf(text);
  const [json] = await toPieces(text);
  const row = { json, revision, savedAt: at.toISOString(), savedBy: by };
  const key = scriptKey(id);
  if (seen === undefined) {
    await put(table, key, row);
    return { text, revision };
  }
  const none = seen === noScript.revision ? ' OR attribute_not_exists(#pk)' : '';
  const when = `#revision = :seen${none}`;
  const only = { row, when, values: { seen } };
  const { done } = await putIf(table, key, only, (item) => item?.revision?.S === revision);
  if (done) return { text, revision };
  throw new Failure('script-stale', `The call script of ${id} was changed meanwhile: read it again.`);
}

/** Deletes the call script of a flow, so that a new flow with the same id does not get it. */
export async function dropScript(table: Table, id: string): Promise<void> {
  await remove(table, scriptKey(id));
}

/** Lets the call script of a hidden flow expire after this many days. */
export async function expireScript(table: Table, id: string, at: Date, days: number): Promise<void> {
  const { pk, sk } = scriptKey(id);
  const where = '#pk = :pk AND #sk = :sk';
  await expireItems(table, { where, values: { pk, sk } }, expiry(at, days));
}

/** Removes the expiry of a hidden flow's call script. */
export async function keepScript(table: Table, id: string): Promise<void> {
  const { pk, sk } = scriptKey(id);
  await keepItems(table, { where: '#pk = :pk AND #sk = :sk', values: { pk, sk } });
}

function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
