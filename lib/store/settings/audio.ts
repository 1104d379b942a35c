import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { audioId } from '../../flow/prompt.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { audioKey, audioPk, keyOf } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, putIf, remove, type Table } from '../table/table.ts';

/** The states of an audio, in their order. */
export const audioStates = ['uploading', 'pending', 'approved', 'rejected'] as const;

/** The state of an audio: announced, waiting for a review, or reviewed. A file that fails its check is also `rejected`. */
export type AudioState = (typeof audioStates)[number];

/** An audio of the library. */
export interface Audio {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** The announced size of the upload; the storage enforces it. */
  readonly bytes: number;
  readonly state: AudioState;
  readonly uploadedAt: string;
  readonly uploadedBy: string;
  /** Its length; known after the check. */
  readonly seconds?: number;
  /** The file name of the rendition that callers hear; known after the check. */
  readonly file?: string;
  readonly reviewedAt?: string;
  readonly reviewedBy?: string;
  /** Why it was rejected. */
  readonly reason?: string;
  /** The rule that the file broke; left out if a person rejected it. */
  readonly rule?: string;
}

/** Adds an announced audio. It expires at `expiresAt` (seconds since 1970) if its file is not uploaded. Throws `audio-taken`. */
export async function addAudio(table: Table, { id, ...row }: Audio, expiresAt: number): Promise<void> {
  const write = { row: { ...row, expiresAt }, when: 'attribute_not_exists(#pk)' };
  const { done } = await putIf(table, audioKey(id), write, (item) => {
    return (['uploadedAt', 'uploadedBy', 'name'] as const).every((name) => item?.[name]?.S === row[name]);
  });
  if (!done) throw new Failure('audio-taken', `There is an audio "${id}" already: try again.`);
}

/** An audio (consistent read); `undefined` if not found. */
export async function fetchAudio(table: Table, id: string): Promise<Audio | undefined> {
  const item = await get(table, audioKey(id));
  return item === undefined ? undefined : audioOf(item);
}

/** A page of the audio library by id, in one state or all. Throws `cursor-foreign`. */
export function fetchAudioList(
  table: Table,
  { state, ...paging }: Paging & { readonly state?: AudioState | undefined } = {},
): Promise<Page<Audio>> {
  const isListed = (item: Item) => state === undefined || item.state?.S === state;
  return page(table, { ...list, isListed }, audioOf, paging);
}

const list: Partition = { name: 'audio', pk: audioPk, place: audioId };

/** The fields that are set with a new state. */
type Known = Partial<Pick<Audio, 'seconds' | 'file' | 'reviewedAt' | 'reviewedBy' | 'reason' | 'rule'>>;

/** Moves an audio from one state to the next. Resolves with `false` if it is no longer in the state `from`. */
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

/** Deletes an audio from the library, if it exists. */
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
