import * as v from 'valibot';
import type { Admin } from '../lib/admin/admin.ts';
import { type AudioRow, listAudio, reviewAudio } from '../lib/admin/audio.ts';
import { nameText } from '../lib/flow/name.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, command, onStage, type Program } from './command.ts';
import { type Library, openLibrary, type Uploaded, uploadFile } from './library.ts';
import { runProcess } from './process.ts';
import { run } from './run.ts';
import { openAdmin, openEditor, refusalOf, withAdmin } from './target.ts';

/** Recordings and their review. */
export const audio: Program = {
  name: 'audio',
  about: 'Uploads recordings, and reviews them.',
  commands: {
    list: command({
      summary: 'the audio of the library, its state, and the flows that use it',
      options: onStage,
      examples: ['list', 'list --stage prod'],
      run: (_, { stage }) => withAdmin(openAdmin(stage), list),
    }),
    upload: command({
      takes: 'FILE…',
      takesAbout: 'one file or several',
      summary: 'uploads MP3 or WAV files, and waits for the check of each',
      details: 'A file may have at most 5 MB and 5 minutes.',
      options: onStage,
      examples: ['upload welcome.mp3', 'upload *.wav --stage prod'],
      run: (files, { stage }) => withAdmin(openLibrary(stage), (admin) => upload(admin, files)),
    }),
    approve: command({
      takes: 'ID',
      takesAbout: 'the id of an audio',
      summary: 'approves the audio, so that flows that use it can be published',
      options: onStage,
      examples: ['approve welcome-3f2a'],
      run: ([id = ''], { stage }) =>
        withAdmin(openEditor(stage), (admin) => review(admin, id, { approve: true, reason: undefined })),
    }),
    reject: command({
      takes: 'ID',
      takesAbout: 'the id of an audio',
      summary: 'rejects the audio, with a --reason',
      options: {
        reason: { value: 'TEXT', about: 'the reason; the person who uploaded the audio reads it' },
        ...onStage,
      },
      examples: ['reject welcome-3f2a --reason "Too much noise"'],
      check: (_, { reason }) => refuseReason(reason),
      run: ([id = ''], { reason, stage }) =>
        withAdmin(openEditor(stage), (admin) => review(admin, id, { approve: false, reason })),
    }),
  },
  refuse: (error, _, { stage }) => refusalOf(error, stage),
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(audio, words);
}

/** Throws if the reason is missing: the person who uploaded the audio must learn why it is rejected. */
function refuseReason(reason: string | undefined): void {
  if (reason === undefined) throw new Error('"reject" takes a --reason: who uploaded the audio reads it.');
  const [issue] = v.safeParse(nameText(500), reason).issues ?? [];
  if (issue !== undefined) throw new Error(`--reason ${issue.message}.`);
}

async function list(admin: Admin): Promise<Answer> {
  const rows = await collectPage((paging) => listAudio(admin, paging));
  return { text: columns(rows.map(cellsOf)) || 'There is no audio.', json: { audio: rows } };
}

function cellsOf({ id, state, seconds, uploadedBy, reviewedBy, usedBy, reason, name }: AudioRow): string[] {
  return [
    id,
    state,
    seconds === undefined ? '-' : `${seconds} s`,
    uploadedBy,
    reviewedBy ?? '-',
    usedBy.map(({ flow }) => flow).join(' ') || '-',
    reason === undefined ? name : `${name}: ${reason}`,
  ];
}

async function upload(admin: Library, paths: readonly string[]): Promise<Answer> {
  const files: Uploaded[] = [];
  for (const path of paths) files.push(await uploadFile(admin, path));
  const fine = files.every((each) => 'audio' in each && each.audio.state !== 'rejected');
  return { text: files.map(toldOf).join('\n'), json: { files: files.map(jsonOf) }, fine };
}

function toldOf(uploaded: Uploaded): string {
  if ('fault' in uploaded) return inline(uploaded.fault);
  const { id, state, seconds, reason } = uploaded.audio;
  const file = inline(uploaded.file);
  if (state === 'rejected') return `${file}: ${id} was rejected: ${inline(reason ?? '')}`;
  if (state === 'uploading')
    return `${file}: ${id} is still being checked; look with npx branchline audio list.`;
  return `${file}: ${id} (${seconds} s) waits for its review.`;
}

function jsonOf(uploaded: Uploaded): unknown {
  if ('fault' in uploaded) return uploaded;
  const { file: _, ...audio } = uploaded.audio;
  return { file: uploaded.file, audio };
}

async function review(
  admin: Admin,
  id: string,
  decision: { readonly approve: boolean; readonly reason: string | undefined },
): Promise<Answer> {
  const reviewed = await reviewAudio(admin, id, decision);
  return { text: `${reviewed.id} (${inline(reviewed.name)}) is ${reviewed.state}.`, json: reviewed };
}

if (import.meta.main) await runProcess(main);
