import type { Admin } from '../lib/admin/admin.ts';
import { listVoicemails, readVoicemail } from '../lib/admin/voicemails.ts';
import { type Voicemail, type VoicemailState, voicemailStates } from '../lib/store/calls/voicemails.ts';
import { groupId } from '../lib/store/queue/groups.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, command, onStage, type Program, type Refusal } from './command.ts';
import { createFile, FileFault, FileTaken } from './file.ts';
import { type Library, openLibrary } from './library.ts';
import { localTime } from './localtime.ts';
import { runProcess } from './process.ts';
import { reasonOf } from './reason.ts';
import { run } from './run.ts';
import { openAdmin, refusalOf, withAdmin } from './target.ts';

/** Messages of callers. */
export const voicemails: Program = {
  name: 'voicemails',
  about: 'Lists messages of callers, and fetches their sound.',
  commands: {
    list: command({
      summary: 'the messages, newest first',
      options: {
        mailbox: { value: 'GROUP', about: 'only those for this skill group' },
        state: { value: 'STATE', about: `only those that are ${voicemailStates.join(' or ')}` },
        ...onStage,
      },
      examples: ['list', 'list --mailbox sales --state new', 'list --stage prod'],
      check: (_, { mailbox, state }) => void wantedOf(mailbox, state),
      run: (_, { mailbox, state, stage }) =>
        withAdmin(openAdmin(stage), (admin) => list(admin, wantedOf(mailbox, state))),
    }),
    fetch: command({
      takes: 'ID',
      takesAbout: 'the id of a message',
      summary: 'writes the sound of a message to a file, as MP3',
      options: { output: { value: 'FILE', about: 'where to; ID.mp3 if left out' }, ...onStage },
      examples: ['fetch RE0123456789abcdef0123456789abcdef', 'fetch RE01 --output message.mp3'],
      run: ([id = ''], { output = `${id}.mp3`, stage }) =>
        withAdmin(openLibrary(stage), (admin) => fetchSound(admin, id, output)),
    }),
  },
  notes: "Times are shown in this machine's time zone.",
  refuse,
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(voicemails, words);
}

/** The filter for the list. Throws a usage error. */
function wantedOf(mailbox: string | undefined, state: string | undefined) {
  const known = voicemailStates.find((each) => each === state);
  if (state !== undefined && known === undefined)
    throw new Error(`--state is ${voicemailStates.join(' or ')}, not "${state}".`);
  if (mailbox !== undefined && !groupId.test(mailbox))
    throw new Error(`--mailbox takes the id of a skill group, such as sales, not "${mailbox}".`);
  return {
    ...(mailbox === undefined ? {} : { mailbox }),
    ...(known === undefined ? {} : { state: known satisfies VoicemailState }),
  };
}

async function list(admin: Admin, wanted: ReturnType<typeof wantedOf>): Promise<Answer> {
  const found = await collectPage((paging) => listVoicemails(admin, { ...wanted, ...paging }, 'all'));
  const rows = columns([['LEFT', 'FROM', 'FOR', 'TOOK', 'STATE', 'MESSAGE'], ...found.map(cellsOf)]);
  return { text: found.length === 0 ? 'There are no messages.' : rows, json: { voicemails: found } };
}

function cellsOf({ at, from, mailbox, seconds, state, sound, id }: Voicemail): string[] {
  const where = sound === 'stored' ? '' : sound === 'lost' ? ', lost' : ', still at the carrier';
  return [localTime(at), inline(from), mailbox, `${seconds} s`, `${state}${where}`, id];
}

async function fetchSound(admin: Library, id: string, file: string): Promise<Answer> {
  const { url, sound, seconds } = await readVoicemail(admin, id, 'all');
  if (url === undefined) {
    throw new FileFault(
      sound === 'lost'
        ? `The carrier has lost the sound of ${id}.`
        : `The sound of ${id} is still at the carrier. The console fetches it when its messages are opened.`,
    );
  }
  const bytes = await download(url);
  createFile(file, bytes);
  return { text: `${file}: ${seconds} s`, json: { file, seconds, bytes: bytes.length } };
}

async function download(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new FileFault(`The storage does not answer: ${reasonOf(error)}.`);
  }
  throw new FileFault(`The storage answered ${response.status}.`);
}

function refuse(error: unknown, _: unknown, { stage }: Readonly<Record<string, unknown>>): Refusal {
  if (error instanceof FileFault) {
    const code = error instanceof FileTaken ? 'file-taken' : 'no-sound';
    return { text: error.message, json: { error: code, detail: error.message, problems: [] } };
  }
  return refusalOf(error, stage);
}

if (import.meta.main) await runProcess(main);
