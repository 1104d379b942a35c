import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { audioId } from '../../flow/prompt.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { audioKey, audioPk, keyOf } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, putIf, remove, type Table } from '../table/table.ts';

/** The states of an audio, in the order it goes through them. */
export const audioStates = ['uploading', 'pending', 'approved', 'rejected'] as const;

/** The state of an audio: announced, checked and waiting for a review, or reviewed. A file that fails its check is `rejected`, too. */
export type AudioState = (typeof audioStates)[number];

/** An audio of the library. */
export interface Audio {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** The size of the upload, as it was announced and as the storage enforces it. */
  readonly bytes: number;
  readonly state: AudioState;
  readonly uploadedAt: string;
  readonly uploadedBy: string;
  /** How long it is; known once it was checked. */
  readonly seconds?: number;
  /** The name of the rendition that callers hear; known once it was checked. */
  readonly file?: string;
  readonly reviewedAt?: string;
  readonly reviewedBy?: string;
  /** Why it was rejected. */
  readonly reason?: string;
  /** The rule that the file broke; none if a person rejected it. */
  readonly rule?: string;
}

/** Adds an announced audio; it vanishes at `expiresAt` (seconds since 1970) unless its file comes. Throws `audio-taken`. */
export async function addAudio(table: Table, { id, ...row }: Audio, expiresAt: number): Promise<void> {
  const write = { row: { ...row, expiresAt }, when: 'attribute_not_exists(#pk)' };
  const { done } = await putIf(table, audioKey(id), write, (item) => {
    return (['uploadedAt', 'uploadedBy', 'name'] as const).every((name) => item?.[name]?.S === row[name]);
  });
  if (!done) throw new Failure('audio-taken', `There is an audio "${id}" already: try again.`);
}

/** An audio, as of now; `undefined` if not found. */
export async function fetchAudio(table: Table, id: string): Promise<Audio | undefined> {
  const item = await get(table, audioKey(id));
  return item === undefined ? undefined : audioOf(item);
}

/** The audio of the library by id, of one state or all. */
export function fetchAudioList(
  table: Table,
  { state, ...paging }: Paging & { readonly state?: AudioState | undefined } = {},
): Promise<Page<Audio>> {
  const isListed = (item: Item) => state === undefined || item.state?.S === state;
  return page(table, { ...list, isListed }, audioOf, paging);
}

const list: Partition = { name: 'audio', pk: audioPk, place: audioId };

/** What is known of an audio when it comes to its next state. */
type Known = Partial<Pick<Audio, 'seconds' | 'file' | 'reviewedAt' | 'reviewedBy' | 'reason' | 'rule'>>;

/** Moves an audio from one state to the next. Resolves with `false` if it is in another state by now. */
export async function moveAudio(
  table: Table,
  id: string,
  from: AudioState,
  next: Pick<Audio, 'state'> & Known,
): Promise<boolean> {
  const values = Object.entries(next).filter(([, value]) => value !== undefined);
  const write = {
    change: `SET ${values.map(([name]) => `#${name} = :${name}`).join(', ')} REMOVE #expiresAt`,
    when: '#state = :from',
    values: { ...Object.fromEntries(values), from },
  };
  const { done } = await changeIf(table, audioKey(id), write, (item) => {
    const now = item === undefined ? undefined : audioOf(item);
    return now !== undefined && values.every(([name, value]) => now[name as keyof Audio] === value);
  });
  return done;
}

/** Takes an audio out of the library; one that is not there is no error. */
export async function removeAudio(table: Table, id: string): Promise<void> {
  await remove(table, audioKey(id));
}

function audioOf(item: Item): Audio {
  const texts = Object.fromEntries(
    (['file', 'reviewedAt', 'reviewedBy', 'reason', 'rule'] as const).flatMap((name) => {
      const text = item[name]?.S;
      return text === undefined ? [] : [[name, text]];
    }),
  );
  const seconds = numberOf(item, 'seconds');
  return {
    id: keyOf(item).sk,
    name: textOf(item, 'name'),
    contentType: textOf(item, 'contentType'),
    bytes: numberOf(item, 'bytes') ?? 0,
    state: textOf(item, 'state') as AudioState,
    uploadedAt: textOf(item, 'uploadedAt'),
    uploadedBy: textOf(item, 'uploadedBy'),
    ...defined({ seconds }),
    ...texts,
  };
}
