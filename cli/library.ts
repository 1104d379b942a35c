import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { Admin } from '../lib/admin/admin.ts';
import { announceAudio, deleteAudio } from '../lib/admin/audio.ts';
import { Failure } from '../lib/errors.ts';
import { nameText } from '../lib/flow/name.ts';
import { audioNameOf, audioTypeOf, largestBytes } from '../lib/flow/upload.ts';
import { openStorage, type Storage, type Upload } from '../lib/media/storage.ts';
import { type Audio, fetchAudio } from '../lib/store/settings/audio.ts';
import { storagePath } from '../local/aws/storage.ts';
import { FileFault, readFile } from './file.ts';
import { reasonOf } from './reason.ts';
import { openCloudFormation, readStack as readStage } from './stack.ts';
import { NoTarget, openEditor, runningStack } from './target.ts';

/** A target with the audio bucket. */
export type Library = Admin & { readonly storage: Storage };

/** The result for a file: its audio, or why there is none. */
export type Uploaded =
  | { readonly file: string; readonly audio: Audio }
  | { readonly file: string; readonly fault: string };

/** How long to wait for an upload's check, and the pause between two reads, in milliseconds. */
const checkMs = 60_000;
const pauseMs = { first: 100, longest: 2000 } as const;

/** Opens the target of commands that upload: like `openEditor`, with the audio bucket. Throws NoTarget. */
export async function openLibrary(stage: string | undefined): Promise<Library> {
  const admin = await openEditor(stage);
  try {
    return { ...admin, storage: stage === undefined ? localStorage() : await stageStorage(stage) };
  } catch (error) {
    admin.table.client.destroy();
    throw error;
  }
}

function localStorage(): Storage {
  const { url, table } = runningStack();
  const { region, credentials } = table;
  const endpoint = `${url}${storagePath}`;
  return openStorage({ audioBucket: 'audio', pathStyle: true }, { endpoint, region, credentials });
}

async function stageStorage(stage: string): Promise<Storage> {
  const client = await openCloudFormation();
  try {
    const found = await readStage(client, stage);
    if (found === undefined) {
      throw new NoTarget(`The stage ${stage} is not deployed in this AWS account and region.`);
    }
    return openStorage(
      { audioBucket: found.bucket, pathStyle: false },
      { region: await client.config.region() },
    );
  } finally {
    client.destroy();
  }
}

/** Uploads a file and waits for its check. If it is refused, returns why, and nothing of it stays. */
export async function uploadFile(admin: Library, file: string): Promise<Uploaded> {
  try {
    const { bytes, ...head } = admit(file);
    const { id, upload } = await announceAudio(admin, { ...head, bytes: bytes.length });
    const fault = await put(upload, bytes);
    if (fault === undefined) return { file, audio: await checked(admin, id) };
    await deleteAudio(admin, id);
    return { file, fault };
  } catch (error) {
    if (error instanceof FileFault) return { file, fault: error.message };
    throw error;
  }
}

/** The content type and bytes of a file for the upload. Throws FileFault. */
function admit(file: string) {
  const contentType = audioTypeOf(file);
  if (contentType === undefined)
    throw new FileFault(`${file} is neither an MP3 nor a WAV: its name must end with .mp3 or .wav.`);
  const name = audioNameOf(basename(file));
  const [issue] = v.safeParse(nameText(100), name).issues ?? [];
  if (issue !== undefined) throw new FileFault(`The name of ${file} ${issue.message}: rename the file.`);
  const bytes = readFile(file);
  if (bytes.length === 0) throw new FileFault(`${file} is empty.`);
  if (bytes.length > largestBytes) {
    throw new FileFault(`${file} has ${bytes.length} bytes, ${largestBytes} at most are allowed.`);
  }
  return { name, contentType, bytes };
}

/** Uploads the bytes of an announced audio. Returns why that failed, or `undefined`. */
async function put({ method, url, headers }: Upload, bytes: Buffer): Promise<string | undefined> {
  try {
    const { status, ok } = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
    return ok ? undefined : `The storage refused the file (${status}).`;
  } catch (error) {
    return `The storage does not answer: ${reasonOf(error)}.`;
  }
}

/** The audio after its check or, if that takes too long, in its current state. */
async function checked({ table }: Admin, id: string): Promise<Audio> {
  const end = Date.now() + checkMs;
  for (let wait: number = pauseMs.first; ; wait = Math.min(wait * 1.5, pauseMs.longest)) {
    await pause(wait);
    const audio = await fetchAudio(table, id);
    if (audio === undefined) throw new Failure('audio-missing', `The audio "${id}" was deleted meanwhile.`);
    if (audio.state !== 'uploading' || Date.now() > end) return audio;
  }
}
