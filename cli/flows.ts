import type { Admin } from '../lib/admin/admin.ts';
import { restoreFlow } from '../lib/admin/deleted.ts';
import { type FlowRow, listFlows, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber, listNumbers, readNumber, unbindNumber } from '../lib/admin/numbers.ts';
import { publish, setLive } from '../lib/admin/publish.ts';
import { saveScriptOf } from '../lib/admin/scripts.ts';
import { check, faulty } from '../lib/engine/check.ts';
import { type Detail, Failure } from '../lib/errors.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { columns } from './columns.ts';
import { type Answer, asJson, command, onStage, type Program } from './command.ts';
import { connector } from './connect.ts';
import { FileFault, filesAt, writeFile } from './file.ts';
import { formatFlow } from './format.ts';
import { givenNumber } from './given.ts';
import { problemLines, problemRefusal, tally } from './problems.ts';
import { runProcess } from './process.ts';
import { proofCommands } from './proof/commands.ts';
import { readDocument, scriptBeside } from './proof/files.ts';
import { run } from './run.ts';
import { completeSpeech, openPublisher } from './speech.ts';
import { openAdmin, openEditor, withAdmin } from './target.ts';

/** Flow files, drafts and versions. */
export const flows: Program = {
  name: 'flows',
  about: 'Checks flow files, saves and publishes flows, and binds numbers to them.',
  commands: {
    check: command({
      takes: 'FILE…',
      takesAbout: 'a flow file',
      summary: 'checks flow files and lists their problems',
      details:
        'A folder stands for the flow files in it. Errors prevent publishing; warnings do not. Exit code 1 if there is an error.',
      options: asJson,
      examples: ['check flows/hello.flow.json', 'check flows --json'],
      run: checkFiles,
    }),
    ...proofCommands,
    push: command({
      takes: 'FILE',
      takesAbout: 'a flow file',
      summary: 'saves a file as the draft of its flow',
      details:
        'A file with errors can be saved, but not published. The id in the file says which flow it is; a new id makes a new flow.',
      options: {
        force: { about: 'overwrite what somebody else saved and did not publish' },
        calls: {
          about: 'save the call script beside the file with the draft: publishes play it from now on',
        },
        ...onStage,
      },
      examples: [
        'push flows/hello.flow.json',
        'push flows/hello.flow.json --stage prod',
        'push hello.json --force',
      ],
      run: administer(openEditor, push),
    }),
    publish: command({
      takes: 'ID',
      takesAbout: "a flow's id",
      summary: 'publishes the draft as the next version and makes it live',
      details:
        'The call script kept with the draft is played first. With SPEECH=polly, its texts are synthesised. New calls get the version; running calls keep theirs.',
      options: {
        note: { value: 'TEXT', about: 'what is new in this version' },
        despite: {
          value: 'TEXT',
          about: 'the reason for publishing although call scripts fail; stored with the version',
        },
        ...onStage,
      },
      examples: ['publish hello', 'publish hello --note "Opening hours in December"'],
      run: administer(openPublisher, publishDraft),
    }),
    live: command({
      takes: 'ID VERSION',
      takesAbout: "2 arguments: a flow's id and the number of a version",
      summary: 'makes another version live for new calls: roll back or forward',
      details: 'Running calls keep the version that they began with. The draft is not changed.',
      options: onStage,
      examples: ['live hello 3', 'live hello 3 --stage prod'],
      check: ([, version = '']) => refuseVersion(version),
      run: administer(openEditor, makeLive),
    }),
    restore: command({
      takes: 'ID',
      takesAbout: "an argument: a flow's id",
      summary: 'restores a deleted flow with its draft, versions and call script',
      details: 'No version is live, and no number is bound to it.',
      options: onStage,
      examples: ['restore hello', 'restore hello --stage prod'],
      run: administer(openEditor, restore),
    }),
    pull: command({
      takes: 'ID',
      takesAbout: "a flow's id",
      summary: 'prints the draft',
      options: { output: { value: 'FILE', about: 'write it to a file' }, ...onStage },
      examples: ['pull hello', 'pull hello --output flows/hello.flow.json', 'pull hello --stage prod'],
      run: administer(openAdmin, pull),
    }),
    list: command({
      summary: 'the flows, their versions and numbers',
      options: onStage,
      examples: ['list', 'list --json'],
      run: administer(openAdmin, list),
    }),
    bind: command({
      takes: 'NUMBER ID',
      takesAbout: "2 arguments: a number (+15550100) and a flow's id",
      summary: 'binds a number (+15550100) to a flow',
      options: {
        connect: { about: "point the carrier's number at the deployed webhooks, too" },
        ...onStage,
      },
      examples: ['bind +15550110 hello', 'bind +12025550123 office --stage prod --connect'],
      check: ([number = '']) => void givenNumber(number),
      run: administer(openEditor, bind),
    }),
    unbind: command({
      takes: 'NUMBER',
      takesAbout: 'a number (+15550100)',
      summary: 'unbinds a number: its callers hear an apology',
      options: onStage,
      examples: ['unbind +15550110', 'unbind +12025550123 --stage prod'],
      check: ([number = '']) => void givenNumber(number),
      run: administer(openEditor, unbind),
    }),
  },
  refuse: (error, [first = ''], { stage }) => problemRefusal(error, first, stage),
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(flows, words);
}

function checkFiles(named: readonly string[]): Answer {
  const checked = named.flatMap(checkPath);
  const lines = checked.flatMap(({ file, problems }) =>
    problems.length === 0 ? [`${file}: no problems`] : problemLines(file, problems),
  );
  const all = checked.flatMap(({ problems }) => problems);
  const sum = all.length === 0 ? [] : [`${tally(all)}.`];
  return { text: [...lines, ...sum].join('\n'), json: { files: checked }, fine: !checked.some(hasErrors) };
}

function hasErrors({ problems }: { problems: readonly Detail[] }): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** The problems of a flow file, or of each in a folder. */
function checkPath(path: string): { file: string; problems: readonly Detail[] }[] {
  try {
    return filesAt(path, '.flow.json').map((file) => ({ file, problems: checkFile(file) }));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return [{ file: path, problems: [unreadable(error)] }];
  }
}

function checkFile(file: string): readonly Detail[] {
  try {
    return check(readDocument(file));
  } catch (error) {
    if (error instanceof Failure) return error.problems;
    if (!(error instanceof FileFault)) throw error;
    return [unreadable(error)];
  }
}

function unreadable({ reason }: FileFault): Detail {
  return { rule: 'unreadable', severity: 'error', message: reason };
}

/** The `run` of a command that changes flows on a stage or on this machine. */
function administer<Values>(
  open: (stage: string | undefined) => Admin | Promise<Admin>,
  act: (admin: Admin, args: readonly string[], values: Values) => Promise<Answer>,
) {
  return async (args: readonly string[], values: Values & { readonly stage: string | undefined }) => {
    return await withAdmin(open(values.stage), (admin) => act(admin, args, values));
  };
}

async function push(
  admin: Admin,
  [file = '']: readonly string[],
  { force, calls: keeps }: { readonly force: boolean; readonly calls: boolean },
): Promise<Answer> {
  const document = readDocument(file);
  const calls = keeps ? scriptBeside(file) : undefined;
  const saved = await saveDraft(admin, document, { force });
  const problems = check(document);
  if (calls !== undefined) await saveScriptOf(admin, saved.id, calls.text);
  const text = [
    ...problemLines(file, problems),
    `${saved.id}: the draft is ${file} now (${saved.revision}).`,
    ...(calls === undefined ? [] : [`${saved.id}: ${calls.file} is kept with it.`]),
    ...(faulty(problems) ? [`${saved.id}: it cannot be published until its errors are fixed.`] : []),
  ];
  return { text: text.join('\n'), json: { ...saved, problems } };
}

async function publishDraft(
  admin: Admin,
  [id = '']: readonly string[],
  { note, despite }: { readonly note: string | undefined; readonly despite: string | undefined },
): Promise<Answer> {
  await completeSpeech(admin, id);
  const version = await publish(admin, id, { note, despite });
  return { text: `${id}: version ${version.version} is live.`, json: version };
}

/** Throws a usage error if a text is not the number of a version. */
function refuseVersion(version: string): void {
  if (!/^[1-9][0-9]{0,8}$/.test(version))
    throw new Error(`"${version}" is not a version: write its number, such as 3.`);
}

async function makeLive(admin: Admin, [id = '', version = '']: readonly string[]): Promise<Answer> {
  const live = await setLive(admin, id, Number(version));
  return { text: `${id}: version ${live.version} is live.`, json: live };
}

async function restore(admin: Admin, [id = '']: readonly string[]): Promise<Answer> {
  const row = await restoreFlow(admin, id);
  return { text: `${id}: restored (${row.revision}); no version is live.`, json: row };
}

async function pull(
  admin: Admin,
  [id = '']: readonly string[],
  { output }: { readonly output: string | undefined },
): Promise<Answer> {
  const { document, ...row } = await readDraft(admin, id);
  if (output === undefined) return { text: formatFlow(document).trimEnd(), json: document };
  writeFile(output, formatFlow(document));
  return { text: `${id}: ${output} holds the draft (${row.revision}).`, json: { ...row, file: output } };
}

async function list(admin: Admin): Promise<Answer> {
  const flows = await collectPage((paging) => listFlows(admin, paging));
  const bindings = await collectPage((paging) => listNumbers(admin, paging));
  const rows = flows.map((flow) => ({
    ...flow,
    numbers: bindings.filter((binding) => binding.flow === flow.id).map(({ number }) => number),
  }));
  const cells = rows.map((row) => [row.id, versionsOf(row), row.numbers.join(' ') || '-', row.name]);
  return { text: columns(cells) || 'There are no flows.', json: { flows: rows } };
}

async function bind(
  admin: Admin,
  [written = '', id = '']: readonly string[],
  { connect: connects, stage }: { readonly connect: boolean; readonly stage: string | undefined },
): Promise<Answer> {
  // Before any change: a number that cannot be connected must not be bound.
  const connect = connects ? await connector(stage) : undefined;
  const { before, ...binding } = await bindNumber(admin, written, id);
  const { live } = await readDraft(admin, id);
  const was = before === undefined || before === id ? '' : `, before ${before}`;
  const hint = live === undefined ? ` Callers hear an apology until you publish ${id}.` : '';
  const { number } = binding;
  const bound = { text: `${number} reaches ${id}${was}.${hint}`, json: { ...binding, before, live } };
  if (connect === undefined) return bound;
  const { text, json } = await connect(number).catch((error: unknown) => {
    throw error instanceof Failure ? new Failure(error.code, `${bound.text} But: ${error.message}`) : error;
  });
  return { text: `${bound.text}\n${text}`, json: { ...bound.json, carrier: json } };
}

async function unbind(admin: Admin, [written = '']: readonly string[]): Promise<Answer> {
  const { number, flow } = await readNumber(admin, written);
  await unbindNumber(admin, number);
  return { text: `${number} reaches no flow, before ${flow}.`, json: { number, before: flow } };
}

function versionsOf({ live, newest, changed }: FlowRow): string {
  const spoken = live === undefined ? 'never published' : `version ${live} is live`;
  const rolledBack = newest !== undefined && newest !== live ? `, ${newest} is newest` : '';
  return `${spoken}${rolledBack}${changed && newest !== undefined ? ', draft changed' : ''}`;
}

if (import.meta.main) await runProcess(main);
