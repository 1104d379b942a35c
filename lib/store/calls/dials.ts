import { isRecord } from '../../flow/json.ts';
import { expiry, type Item } from '../table/item.ts';
import { dialsKey } from '../table/keys.ts';
import { changeIf, get, type Table } from '../table/table.ts';

/** How many dials a caller may cause in an hour. */
export const mostDials = 20;

const hourMs = 3_600_000;

/** How often a claim is tried if the same caller dials at the same time. */
const mostTries = 5;

/** A dial of a caller: what it was claimed for, and when, in milliseconds since 1970. */
interface Dial {
  readonly claim: string;
  readonly at: number;
}

/**
 * Claims one more dial for a caller, of `mostDials` in any 60 minutes; whether there is one left. `claim` names what it is for: the same
 * claim again is the same dial. Kept for an hour.
 */
export async function claimDial(table: Table, caller: string, claim: string, at: Date): Promise<boolean> {
  const key = dialsKey(caller);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const item = await get(table, key);
    const before = item?.dials?.S;
    const recent = dialsIn(item).filter((each) => each.at > at.getTime() - hourMs);
    if (recent.some((each) => each.claim === claim)) return true;
    if (recent.length >= mostDials) return false;
    const dials = JSON.stringify([...recent, { claim, at: at.getTime() }]);
    const write = {
      change: 'SET #dials = :dials, #expiresAt = :expiresAt',
      when: before === undefined ? 'attribute_not_exists(#dials)' : '#dials = :before',
      values: { dials, before, expiresAt: expiry(at, 1 / 24) },
    };
    const isMine = (found: Item | undefined) => dialsIn(found).some((each) => each.claim === claim);
    if ((await changeIf(table, key, write, isMine)).done) return true;
  }
  return false;
}

function dialsIn(item: Item | undefined): Dial[] {
  const list: unknown = JSON.parse(item?.dials?.S ?? '[]');
  return (Array.isArray(list) ? list : []).flatMap((each: unknown) =>
    isRecord(each) && typeof each.claim === 'string' && typeof each.at === 'number'
      ? [{ claim: each.claim, at: each.at }]
      : [],
  );
}
