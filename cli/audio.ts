import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { type AudioRow, listAudio, reviewAudio } from '../lib/admin/audio.ts';
import { nameText } from '../lib/flow/name.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, refuseStage, run } from './command.ts';
import { openLibrary, type Uploaded, uploadFile } from './library.ts';
import { openAdmin, openEditor, refusalOf } from './target.ts';

const usage = `npm run audio -- COMMAND

  list                    the audio of the library, its state, and the flows that use it
  upload FILE…            uploads MP3 or WAV files, and waits until each was checked
  approve ID              lets flows that use the audio be published
  reject ID --reason TEXT rejects the audio, and says why

  --stage NAME            work on a deployed stage, not on the stack of this machine
  --json                  answer in JSON
  --help                  this page

A file has 5 MB and 5 minutes at most. Exit code: 0 fine, 1 refused, 2 wrong usage.`;

const options = {
  reason: { type: 'string' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What to do, with which files or audio. */
interface Order {
  readonly command: keyof typeof commands;
  readonly args: readonly string[];
  readonly reason: string | undefined;
  readonly stage: string | undefined;
  readonly json: boolean;
}

/** Each command with what it takes: nothing, one id, or files. */
const commands = {
  list: { takes: 'nothing', answer: list },
  upload: { takes: 'files', answer: upload },
  approve: { takes: 'an id', answer: review },
  reject: { takes: 'an id', answer: review },
} as const;

/** Runs the command with these words; the answer is its exit code. */
export function main(argv: string[]): Promise<number> {
  const answer = (order: Order) => commands[order.command].answer(order);
  return run<Order>({ usage, parse, answer, refuse: (error, { stage }) => refusalOf(error, stage) }, argv);
}

/** What is asked for; `undefined` if that is help. Throws on wrong usage. */
function parse(argv: string[]): Order | undefined {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const { reason, stage, json, help } = values;
  if (help) return undefined;
  const [command, ...args] = positionals;
  if (command === undefined) throw new Error('Name a command.');
  if (!isCommand(command)) throw new Error(`There is no command "${command}".`);
  refuseArguments(command, args);
  if (command !== 'reject' && reason !== undefined) throw new Error(`"${command}" takes no --reason.`);
  if (command === 'reject') refuseReason(reason);
  refuseStage(stage);
  return { command, args, reason, stage, json };
}

function isCommand(word: string): word is Order['command'] {
  return Object.hasOwn(commands, word);
}

function refuseArguments(command: Order['command'], args: readonly string[]): void {
  const { takes } = commands[command];
  const [surplus] = takes === 'nothing' ? args : takes === 'an id' ? args.slice(1) : [];
  if (surplus !== undefined) throw new Error(`"${command}" takes no "${surplus}".`);
  if (takes === 'an id' && args.length === 0) throw new Error(`"${command}" takes the id of an audio.`);
  if (takes === 'files' && args.length === 0) throw new Error(`"${command}" takes one file or several.`);
}

/** Throws if who uploaded the audio would not learn why it is rejected. */
function refuseReason(reason: string | undefined): void {
  if (reason === undefined) throw new Error('"reject" takes a --reason: who uploaded the audio reads it.');
  const [issue] = v.safeParse(nameText(500), reason).issues ?? [];
  if (issue !== undefined) throw new Error(`--reason ${issue.message}.`);
}

async function list({ stage }: Order): Promise<Answer> {
  const admin = openAdmin(stage);
  try {
    const audio = await collectPage((paging) => listAudio(admin, paging));
    return { text: columns(audio.map(cellsOf)) || 'There is no audio.', json: { audio } };
  } finally {
    admin.table.client.destroy();
  }
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

async function upload({ args, stage }: Order): Promise<Answer> {
  const admin = await openLibrary(stage);
  try {
    const files: Uploaded[] = [];
    for (const file of args) files.push(await uploadFile(admin, file));
    const fine = files.every((each) => 'audio' in each && each.audio.state !== 'rejected');
    return { text: files.map(toldOf).join('\n'), json: { files: files.map(jsonOf) }, fine };
  } finally {
    admin.storage.client.destroy();
    admin.table.client.destroy();
  }
}

function toldOf(uploaded: Uploaded): string {
  if ('fault' in uploaded) return inline(uploaded.fault);
  const { id, state, seconds, reason } = uploaded.audio;
  const file = inline(uploaded.file);
  if (state === 'rejected') return `${file}: ${id} was rejected: ${inline(reason ?? '')}`;
  if (state === 'uploading') return `${file}: ${id} is still being checked; look with npm run audio -- list.`;
  return `${file}: ${id} (${seconds} s) waits for its review.`;
}

function jsonOf(uploaded: Uploaded): unknown {
  if ('fault' in uploaded) return uploaded;
  const { file: _, ...audio } = uploaded.audio;
  return { file: uploaded.file, audio };
}

async function review({ command, args: [id = ''], reason, stage }: Order): Promise<Answer> {
  const admin = await openEditor(stage);
  try {
    const audio = await reviewAudio(admin, id, { approve: command === 'approve', reason });
    return { text: `${audio.id} (${inline(audio.name)}) is ${audio.state}.`, json: audio };
  } finally {
    admin.table.client.destroy();
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
