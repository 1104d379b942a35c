import { createHash } from 'node:crypto';
import { Failure } from '../../errors.ts';
import { expiry } from '../table/item.ts';
import { scriptKey } from '../table/keys.ts';
import { expireItems, fromPieces, keepItems, piecesIn, toPieces } from '../table/pieces.ts';
import { get, put, putIf, remove, type Table } from '../table/table.ts';

/** The call script that is kept with the draft of a flow. */
export interface KeptScript {
  readonly text: string;
  /** Names the text: equal for equal texts. It is the ETag. */
  readonly revision: string;
}

const noScript: KeptScript = { text: '', revision: revisionOf('') };

/** The call script of a flow's draft; an empty one if none is kept. */
export async function fetchScript(table: Table, id: string): Promise<KeptScript> {
  const item = await get(table, scriptKey(id));
  if (item === undefined) return noScript;
  const text = fromPieces(piecesIn([item])) as string;
  return { text, revision: revisionOf(text) };
}

/** How a script is kept: by whom and when, and over which revision. */
export interface ScriptSave {
  readonly by: string;
  readonly at: Date;
  /** The revision that stands there; any if left out. */
  readonly seen?: string | undefined;
}

/**
 * Keeps a call script with the draft of a flow, in one item: it may have `longestScript` characters. Throws `script-stale` if
 * another one than `seen` stands there.
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

/** Takes the call script of a flow away, so that one that is created again under its id does not find it. */
export async function dropScript(table: Table, id: string): Promise<void> {
  await remove(table, scriptKey(id));
}

/** Gives the call script of a hidden flow its end after this many days. */
export async function expireScript(table: Table, id: string, at: Date, days: number): Promise<void> {
  const { pk, sk } = scriptKey(id);
  const where = '#pk = :pk AND #sk = :sk';
  await expireItems(table, { where, values: { pk, sk } }, expiry(at, days));
}

/** Takes the end of a hidden flow's call script away. */
export async function keepScript(table: Table, id: string): Promise<void> {
  const { pk, sk } = scriptKey(id);
  await keepItems(table, { where: '#pk = :pk AND #sk = :sk', values: { pk, sk } });
}

function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
