import { parseArgs } from 'node:util';
import type { Admin } from '../lib/admin/admin.ts';
import { type FlowRow, listFlows, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber, listNumbers } from '../lib/admin/numbers.ts';
import { parseFlow } from '../lib/admin/parse.ts';
import { publish } from '../lib/admin/publish.ts';
import { check, faulty } from '../lib/engine/check.ts';
import { type Detail, Failure } from '../lib/errors.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { columns } from './columns.ts';
import { type Answer, type Refusal, refuseStage, run } from './command.ts';
import { connector } from './connect.ts';
import { FileFault, readFile, writeFile } from './file.ts';
import { formatFlow } from './format.ts';
import { problemLines, tally } from './problems.ts';
import { diffFlows } from './proof/diff.ts';
import { testFlows } from './proof/test.ts';
import { completeSpeech, openPublisher } from './speech.ts';
import { openAdmin, openEditor, refusalOf } from './target.ts';

const usage = `npm run flows -- COMMAND

  check FILE…             says what is wrong with flow files
  test [FILE…]            plays the call scripts beside flows (NAME.calls.txt) and says what differs;
                          without a file those of the folder flows
  diff A B                says in words in what B differs from A; each is a file, ID (the draft), ID@3 or ID@live
  push FILE               saves a file as the draft of its flow
  publish ID              freezes the draft as the next version and makes it live; with SPEECH=polly,
                          its texts are synthesised first
  pull ID                 prints the draft
  list                    the flows, their versions and numbers
  bind NUMBER ID          lets callers of a number (+15550100) reach a flow

  --force                 push: overwrite what somebody else saved and did not publish
  --note TEXT             publish: what is new in this version
  --output FILE           pull: write there
  --update                test: rewrite what was expected
  --junit FILE            test: write the results there as JUnit XML
  --connect               bind: point the carrier's number at the deployed webhooks, too
  --stage NAME            work on a deployed stage, not on the stack of this machine
  --json                  answer in JSON
  --help                  this page

Exit code: 0 fine, 1 problems or refused, 2 wrong usage.`;

const options = {
  force: { type: 'boolean', default: false },
  note: { type: 'string' },
  output: { type: 'string' },
  connect: { type: 'boolean', default: false },
  update: { type: 'boolean', default: false },
  junit: { type: 'string' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

interface Options {
  readonly force: boolean;
  readonly note?: string;
  readonly output?: string;
  readonly connect: boolean;
  readonly update: boolean;
  readonly junit?: string;
  readonly stage?: string;
  readonly json: boolean;
  readonly help: boolean;
}

/** The options that belong to one command each. */
const own = ['force', 'note', 'output', 'connect', 'update', 'junit'] as const;

interface Command {
  /** The fewest and the most arguments it takes. */
  readonly takes: readonly [least: number, most: number];
  /** The options that only this command has. */
  readonly options?: readonly (typeof own)[number][];
  run(args: readonly string[], options: Options): Answer | Promise<Answer>;
}

const commands = new Map<string, Command>([
  ['check', { takes: [1, Number.POSITIVE_INFINITY], run: checkFiles }],
  ['test', { takes: [0, Number.POSITIVE_INFINITY], options: ['update', 'junit'], run: testFlows }],
  ['diff', { takes: [2, 2], run: (args, { stage }) => diffFlows(args, stage) }],
  ['push', { takes: [1, 1], options: ['force'], run: administer(openEditor, push) }],
  ['publish', { takes: [1, 1], options: ['note'], run: administer(openPublisher, publishDraft) }],
  ['pull', { takes: [1, 1], options: ['output'], run: administer(openAdmin, pull) }],
  ['list', { takes: [0, 0], run: administer(openAdmin, list) }],
  ['bind', { takes: [2, 2], options: ['connect'], run: administer(openEditor, bind) }],
]);

/** What is asked for: a command with its arguments and options. */
interface Order {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: Options;
  readonly json: boolean;
}

/** Runs the command with these words; the answer is its exit code. */
export function main(argv: string[]): Promise<number> {
  const answer = ({ command, args, options }: Order) => command.run(args, options);
  return run<Order>({ usage, parse, answer, refuse }, argv);
}

/** What is asked for; undefined where that is help. Throws on wrong usage. */
function parse(argv: string[]): Order | undefined {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const [name, ...args] = positionals;
  if (values.help) return undefined;
  if (name === undefined) throw new Error('Name a command.');
  const command = commands.get(name);
  if (command === undefined) throw new Error(`There is no command "${name}".`);
  const [least, most] = command.takes;
  if (args.length < least)
    throw new Error(`"${name}" takes ${least === 1 ? 'an argument' : `${least} arguments`}.`);
  if (args.length > most) throw new Error(`"${name}" takes no "${args[most]}".`);
  for (const option of own) {
    if (
      values[option] !== undefined &&
      values[option] !== false &&
      command.options?.includes(option) !== true
    ) {
      throw new Error(`"${name}" takes no --${option}.`);
    }
  }
  refuseStage(values.stage);
  return { command, args, options: values, json: values.json };
}

function refuse(error: unknown, { args, options }: Order): Refusal {
  if (error instanceof FileFault) {
    return { text: error.message, json: { error: 'unreadable', detail: error.message, problems: [] } };
  }
  const { text, json } = refusalOf(error, options.stage);
  const problems = error instanceof Failure ? error.problems : [];
  return { text: [...problemLines(args[0] ?? '', problems), text].join('\n'), json };
}

function checkFiles(files: readonly string[]): Answer {
  const checked = files.map((file) => ({ file, problems: checkFile(file) }));
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

function checkFile(file: string): readonly Detail[] {
  try {
    return check(parseFlow(readFile(file)));
  } catch (error) {
    if (error instanceof Failure) return error.problems;
    if (!(error instanceof FileFault)) throw error;
    return [{ rule: 'unreadable', severity: 'error', message: error.message }];
  }
}

/** A command that needs something to administer. */
function administer(
  open: (stage: string | undefined) => Admin | Promise<Admin>,
  run: (admin: Admin, args: readonly string[], options: Options) => Promise<Answer>,
) {
  return async (args: readonly string[], options: Options) => {
    const admin = await open(options.stage);
    try {
      return await run(admin, args, options);
    } finally {
      admin.table.client.destroy();
    }
  };
}

async function push(admin: Admin, [file = '']: readonly string[], { force }: Options): Promise<Answer> {
  const document = parseFlow(readFile(file));
  const saved = await saveDraft(admin, document, { force });
  const problems = check(document);
  const text = [
    ...problemLines(file, problems),
    `${saved.id}: the draft is ${file} now (${saved.revision}).`,
    ...(faulty(problems) ? [`${saved.id}: it cannot be published before its errors are mended.`] : []),
  ];
  return { text: text.join('\n'), json: { ...saved, problems } };
}

async function publishDraft(admin: Admin, [id = '']: readonly string[], { note }: Options): Promise<Answer> {
  await completeSpeech(admin, id);
  const version = await publish(admin, id, { note });
  return { text: `${id}: version ${version.version} is live.`, json: version };
}

async function pull(admin: Admin, [id = '']: readonly string[], { output }: Options): Promise<Answer> {
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
  options: Options,
): Promise<Answer> {
  // Before anything is changed: a number that cannot be connected is not to be bound.
  const connect = options.connect ? await connector(options.stage) : undefined;
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

function versionsOf({ live, newest, changed }: FlowRow): string {
  const spoken = live === undefined ? 'never published' : `version ${live} is live`;
  const rolledBack = newest !== undefined && newest !== live ? `, ${newest} is newest` : '';
  return `${spoken}${rolledBack}${changed && newest !== undefined ? ', draft changed' : ''}`;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
