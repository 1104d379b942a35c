import { isRecord } from '../../flow/json.ts';
import { expiry, type Item } from '../table/item.ts';
import { hourlyKey } from '../table/keys.ts';
import { changeIf, get, remove, type Table } from '../table/table.ts';

/** How many dials and messages a caller may cause in an hour. */
export const mostHourly = { dials: 20, messages: 5 } as const;

const hourMs = 3_600_000;

/** The most attempts if claims of one caller collide. */
const mostTries = 5;

/** A claim and its time, in milliseconds since 1970. */
interface Claimed {
  readonly claim: string;
  readonly at: number;
}

/**
 * Claims one of a caller's `mostHourly` dials or messages in 60 minutes. Resolves with `false` if none is left. `claim` identifies the
 * dial or message: claiming it again counts once.
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

/** Deletes the claims of a caller. */
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
