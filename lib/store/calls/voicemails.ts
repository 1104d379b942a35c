import { defined } from '../../flow/defined.ts';
import { expiry, type Item, numberOf, type Row, textOf } from '../table/item.ts';
import {
  keyOf,
  recordingKey,
  recordingsPk,
  voicemailKey,
  voicemailPlace,
  voicemailsList,
} from '../table/keys.ts';
import { newest } from '../table/newest.ts';
import type { Listing, Page, Paging } from '../table/page.ts';
import { change, changeIf, get, putIf, query, remove, type Table } from '../table/table.ts';
import { isAddress } from './party.ts';

/** The states of a voicemail. */
export const voicemailStates = ['new', 'heard'] as const;

/** One of these. */
export type VoicemailState = (typeof voicemailStates)[number];

/** A voicemail that a caller has left. */
export interface Voicemail {
  /** The carrier's id of the recording. */
  readonly id: string;
  /** The id of the skill group that it is for. */
  readonly mailbox: string;
  /** The caller's number, as the carrier posted it. */
  readonly from: string;
  readonly callSid: string;
  /** When it was left (ISO, UTC). */
  readonly at: string;
  readonly seconds: number;
  readonly state: VoicemailState;
  /** Where the audio is: at the carrier, in our storage, or nowhere because the carrier has lost it. */
  readonly sound: 'carrier' | 'stored' | 'lost';
}

/** A new voicemail: its state is `new`, and its audio is at the carrier. */
export type LeftVoicemail = Omit<Voicemail, 'at' | 'state' | 'sound'>;

/** A recording that is still at the carrier. */
export interface LeftRecording {
  readonly id: string;
  /** When it was first reported (ISO, UTC). */
  readonly at: string;
  /** Whether it is not a voicemail, so that it is deleted and not fetched. */
  readonly unwanted: boolean;
}

/** How long a deletion is remembered, in days: longer than webhooks of the call can be late. */
const rememberedDays = 1;

/**
 * Stores a voicemail for `retainDays` days. Several webhooks may report it: it is stored once, and not again after it was deleted.
 * The recording at the carrier is noted first, so that it is never forgotten there.
 */
export async function keepVoicemail(
  table: Table,
  { id, ...left }: LeftVoicemail,
  at: Date,
  retainDays: number,
): Promise<void> {
  const found = await get(table, voicemailKey(id));
  if (found !== undefined && found.sound?.S !== 'carrier') return;
  await noteRecording(table, { id, at: at.toISOString(), unwanted: false }, retainDays);
  if (found !== undefined) return;
  const row = {
    ...left,
    list: voicemailsList,
    place: voicemailPlace(at.toISOString(), id),
    state: 'new',
    sound: 'carrier',
    expiresAt: expiry(at, retainDays),
  };
  const write = { change: settingAll(row), when: 'attribute_not_exists(#pk)', values: row };
  await changeIf(table, voicemailKey(id), write, () => false);
}

/**
 * Records that a recording is at the carrier. An unwanted one replaces an earlier note; a voicemail does not, because it may have
 * been deleted meanwhile.
 */
export async function noteRecording(
  table: Table,
  { id, at, unwanted }: LeftRecording,
  retainDays: number,
): Promise<void> {
  const values = { at, unwanted, expiresAt: expiry(new Date(at), retainDays) };
  const write = { change: settingAll(values), values };
  if (unwanted) await change(table, recordingKey(id), write);
  else await changeIf(table, recordingKey(id), { ...write, when: 'attribute_not_exists(#pk)' }, () => false);
}

/** The recordings that are still at the carrier (consistent read), the latest report last. */
export async function listRecordings(table: Table): Promise<LeftRecording[]> {
  const found: LeftRecording[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: recordingsPk } })) {
    for (const item of items) {
      found.push({ id: keyOf(item).sk, at: textOf(item, 'at'), unwanted: item.unwanted?.BOOL === true });
    }
  }
  return found.sort((one, other) => one.at.localeCompare(other.at));
}

/** Records that a recording is no longer at the carrier. */
export async function forgetRecording(table: Table, id: string): Promise<void> {
  await remove(table, recordingKey(id));
}

/** Sets where the audio of a voicemail is. Resolves with `false` if the voicemail does not exist. */
export async function moveSound(
  table: Table,
  id: string,
  sound: Exclude<Voicemail['sound'], 'carrier'>,
): Promise<boolean> {
  return await alter(table, id, { sound });
}

/** Sets the state of a voicemail. Resolves with `false` if it does not exist. */
export async function moveVoicemail(table: Table, id: string, state: VoicemailState): Promise<boolean> {
  return await alter(table, id, { state });
}

async function alter(table: Table, id: string, row: Readonly<Record<string, string>>): Promise<boolean> {
  const names = Object.keys(row);
  const write = {
    change: settingAll(row),
    when: 'attribute_exists(#list)',
    values: row,
  };
  const isMine = (item: Item | undefined) =>
    item?.list !== undefined && names.every((name) => item[name]?.S === row[name]);
  return (await changeIf(table, voicemailKey(id), write, isMine)).done;
}

/** The expression that sets every attribute of a row: some functions may update items but not put them. */
function settingAll(row: Row): string {
  return `SET ${Object.keys(row)
    .map((name) => `#${name} = :${name}`)
    .join(', ')}`;
}

/** Deletes a voicemail, and remembers its id for a day. Resolves with `false` if it does not exist. */
export async function removeVoicemail(table: Table, id: string, at: Date): Promise<boolean> {
  const row = { sound: 'deleted', expiresAt: expiry(at, rememberedDays) };
  const when = 'attribute_exists(#list)';
  const isMine = (item: Item | undefined) => item?.sound?.S === 'deleted';
  return (await putIf(table, voicemailKey(id), { row, when }, isMine)).done;
}

/** A voicemail; `undefined` if it does not exist or was deleted. */
export async function fetchVoicemail(table: Table, id: string): Promise<Voicemail | undefined> {
  const item = await get(table, voicemailKey(id));
  return item?.list === undefined ? undefined : voicemailOf(item);
}

/**
 * Where the sound of a voicemail is, or that the voicemail was deleted. `undefined` if there is no item: it is about to be stored, as
 * its recording is noted first, or has expired.
 */
export async function fetchSound(
  table: Table,
  id: string,
): Promise<Voicemail['sound'] | 'deleted' | undefined> {
  const item = await get(table, voicemailKey(id));
  if (item === undefined) return undefined;
  return item.list === undefined ? 'deleted' : voicemailOf(item).sound;
}

/** Filters of a list of voicemails, all optional. */
export interface VoicemailFilter extends Paging {
  /** The ids of skill groups. */
  readonly mailboxes?: readonly string[];
  readonly state?: VoicemailState;
  /** The caller's address: see `isAddress`. */
  readonly from?: string;
}

/**
 * A page of voicemails, newest first. The list may be some seconds late. With filters a page may have fewer entries than `limit`.
 * Throws `cursor-foreign`.
 */
export async function fetchVoicemails(table: Table, wanted: VoicemailFilter = {}): Promise<Page<Voicemail>> {
  const { mailboxes, state, from, ...paging } = wanted;
  const isFiltered = (mailboxes ?? state ?? from) !== undefined;
  const fits = (item: Item) =>
    (mailboxes === undefined || mailboxes.includes(item.mailbox?.S ?? '')) &&
    (state === undefined || item.state?.S === state) &&
    (from === undefined || isAddress(from, item.from?.S));
  return await newest(table, {
    ...{ list, read: voicemailOf, ...defined(paging) },
    fits: isFiltered ? fits : undefined,
  });
}

const list: Listing = {
  name: voicemailsList,
  place: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9_-]{1,64}$/,
};

function voicemailOf(item: Item): Voicemail {
  const [at = '', id = ''] = textOf(item, 'place').split('#');
  const sound = item.sound?.S;
  return {
    ...{ id, mailbox: textOf(item, 'mailbox'), from: textOf(item, 'from'), callSid: textOf(item, 'callSid') },
    ...{ at, seconds: numberOf(item, 'seconds') ?? 0 },
    state: item.state?.S === 'heard' ? 'heard' : 'new',
    sound: sound === 'stored' || sound === 'lost' ? sound : 'carrier',
  };
}
