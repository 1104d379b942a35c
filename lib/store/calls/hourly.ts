import { isRecord } from '../../flow/json.ts';
import { expiry, type Item } from '../table/item.ts';
import { hourlyKey } from '../table/keys.ts';
import { changeIf, get, remove, type Table } from '../table/table.ts';

/** What a caller may cause in an hour, and how often. */
export const mostHourly = { dials: 20, messages: 5 } as const;

const hourMs = 3_600_000;

/** How often a claim is tried if the same caller claims at the same time. */
const mostTries = 5;

/** A claim, and when it was made, in milliseconds since 1970. */
interface Claimed {
  readonly claim: string;
  readonly at: number;
}

/**
 * Claims one more dial or message for a caller, of `mostHourly` in any 60 minutes; whether there is one left. `claim` names what it is for: the same
 * claim again is the same one. Kept for an hour.
 */
export async function claimHourly(
  table: Table,
  kind: keyof typeof mostHourly,
  caller: string,
  claim: string,
  at: Date,
): Promise<boolean> {
  const key = hourlyKey(kind, caller);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const item = await get(table, key);
    const before = item?.claims?.S;
    const recent = claimsIn(item).filter((each) => each.at > at.getTime() - hourMs);
    if (recent.some((each) => each.claim === claim)) return true;
    if (recent.length >= mostHourly[kind]) return false;
    const claims = JSON.stringify([...recent, { claim, at: at.getTime() }]);
    const write = {
      change: 'SET #claims = :claims, #expiresAt = :expiresAt',
      when: before === undefined ? 'attribute_not_exists(#claims)' : '#claims = :before',
      values: { claims, before, expiresAt: expiry(at, 1 / 24) },
    };
    const isMine = (found: Item | undefined) => claimsIn(found).some((each) => each.claim === claim);
    if ((await changeIf(table, key, write, isMine)).done) return true;
  }
  return false;
}

/** Forgets what was claimed for a caller. */
export async function removeHourly(table: Table, caller: string): Promise<void> {
  for (const kind of Object.keys(mostHourly)) await remove(table, hourlyKey(kind, caller));
}

function claimsIn(item: Item | undefined): Claimed[] {
  const list: unknown = JSON.parse(item?.claims?.S ?? '[]');
  return (Array.isArray(list) ? list : []).flatMap((each: unknown) =>
    isRecord(each) && typeof each.claim === 'string' && typeof each.at === 'number'
      ? [{ claim: each.claim, at: each.at }]
      : [],
  );
}
