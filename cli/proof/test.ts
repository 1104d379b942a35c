import { existsSync } from 'node:fs';
import type { Flow } from '../../lib/flow/flow.ts';
import { Coverage, untakenText } from '../../lib/proof/coverage.ts';
import type { FindFlow } from '../../lib/proof/known.ts';
import { type PlayedScript, passed, playScript, rewritten } from '../../lib/proof/run.ts';
import { readScript, type ScriptCall, type ScriptLine, scriptLine } from '../../lib/proof/script.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { readText, rewriteFile, writeFile } from '../file.ts';
import { problemLines } from '../problems.ts';
import {
  type FlowFiles,
  flowsBeside,
  isUnusable,
  readFlowFile,
  type Unusable,
  usable,
  withFlows,
} from './files.ts';
import { junit } from './junit.ts';

/** The options of `flows test`. */
export interface TestOptions {
  readonly update: boolean;
  readonly junit: string | undefined;
}

/** The calls of a script with what happened in them, and what is wrong with its lines. */
interface Played extends Pick<PlayedScript, 'calls'> {
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** A flow with its played script. */
interface Tested {
  readonly files: FlowFiles;
  readonly flow: Flow;
  /** Left out if there is no script, or no call in it. */
  readonly played?: Played;
  readonly updated: boolean;
}

/** Plays the call scripts of flows; returns the differences with title and line, then the exits that no call takes. */
export function testFlows(named: readonly string[], options: TestOptions): Answer {
  const coverage = new Coverage();
  const all = withFlows<Tested>(named, (files) => testFlow(files, options, coverage));
  const tested = all.flatMap((each) => (isUnusable(each) ? [] : [each]));
  const calls = tested.flatMap(({ played }) => played?.calls ?? []);
  const problems = tested.flatMap(({ played }) => played?.problems ?? []);
  const count = { passed: calls.filter(passed).length, failed: calls.filter((call) => !passed(call)).length };
  if (options.junit !== undefined) {
    writeFile(options.junit, junit(all.map((each) => reportOf(each, named))));
  }
  const untaken = tested.flatMap(({ flow, played }) =>
    played === undefined ? [] : coverage.untaken(flow).map((each) => ({ flow: flow.id, ...each })),
  );
  const isOne = new Set(untaken.map(({ flow }) => flow)).size === 1 && tested.length === 1;
  const text = [
    ...all.flatMap(linesOf),
    `${count.passed} calls passed, ${count.failed} failed`,
    ...untaken.map((each) => `${isOne ? '' : `${each.flow}: `}${untakenText(each)}`),
  ];
  const lacks = tested.some((each) => isLacking(each, named));
  return {
    text: text.map(inline).join('\n'),
    json: { files: all.map(jsonOf), ...count, untaken },
    fine: tested.length === all.length && count.failed === 0 && problems.length === 0 && !lacks,
  };
}

function testFlow(files: FlowFiles, options: TestOptions, coverage: Coverage): Tested | Unusable {
  const flow = readFlowFile(files.flow);
  if (!existsSync(files.calls)) return { files, flow, updated: false };
  return usable<Tested>(files.calls, () => testCalls(files, flow, options, coverage));
}

function testCalls(files: FlowFiles, flow: Flow, { update }: TestOptions, coverage: Coverage): Tested {
  const find: FindFlow = flowsBeside(files.flow);
  const text = readText(files.calls);
  const { calls, problems } = readScript(text);
  if (problems.length === 0 && calls.every(isComment)) return { files, flow, updated: false };
  const first = playScript(flow, text, find, update ? undefined : coverage);
  if (!update || problems.length > 0)
    return { files, flow, played: withoutUnplayed(first, calls), updated: false };
  const written = rewritten(
    first.calls.map((call, place) => {
      const { lines = [] } = calls[place] ?? {};
      return lines.some(isEvent) ? call : { ...call, lines: lines.map(scriptLine) };
    }),
  );
  const updated = writtenLines(written) !== writtenLines(text);
  if (updated) rewriteFile(files.calls, written);
  const now = updated ? written : text;
  const played = withoutUnplayed(playScript(flow, now, find, coverage), readScript(now).calls);
  return { files, flow, played, updated };
}

/** The lines of a script as they are compared: without what means nothing, such as empty lines and line ends. */
function writtenLines(script: string): string {
  return readScript(script)
    .calls.flatMap(({ title, lines }) => [`# ${title}`, ...lines.map(scriptLine)])
    .join('\n');
}

function isEvent({ kind }: ScriptLine): boolean {
  return kind === 'event';
}

/** Whether this is a title alone. */
function isComment({ lines }: ScriptCall): boolean {
  return lines.length === 0;
}

/** Leaves out calls in which nothing happens: they cannot pass. Those that expect something are problems. */
function withoutUnplayed({ calls, problems }: PlayedScript, script: readonly ScriptCall[]): Played {
  const idle = script.filter(({ lines }) => !lines.some(isEvent));
  const lines = new Set(idle.map(({ line }) => line));
  const faults = idle
    .filter((call) => !isComment(call))
    .map(({ line, title }) => ({
      line,
      message: `${title}: nothing happens in the call: write \`> arrived\` before what is expected.`,
    }));
  return {
    calls: calls.filter(({ line }) => !lines.has(line)),
    problems: problems.length > 0 ? problems : faults,
  };
}

/** Whether a flow without calls is a failure: if it was named, or if its script holds none. */
function isLacking({ files, played }: Tested, named: readonly string[]): boolean {
  return played === undefined && (named.length > 0 || existsSync(files.calls));
}

function linesOf(each: Tested | Unusable): string[] {
  if (isUnusable(each)) return problemLines(each.file, each.problems);
  const { files, played, updated } = each;
  if (played === undefined) return [lackingText(files)];
  const { problems, calls } = played;
  const failed = calls.filter((call) => !passed(call));
  return [
    ...(updated ? [`${files.calls}: rewritten`] : []),
    ...problems.map(({ line, message }) => `${files.calls}:${line}: ${message}`),
    ...(problems.length === 0 && failed.length === 0 ? [`${files.calls}: ${calls.length} passed`] : []),
    ...failed.flatMap(({ title, differences }) =>
      differences.map(({ line, message }) => `${files.calls}:${line}: ${title}: ${message}`),
    ),
  ];
}

function lackingText({ flow, calls }: FlowFiles): string {
  return `${flow}: no calls: write ${calls}, see docs/calls-txt.md`;
}

/** What a JUnit report says of a flow. */
function reportOf(each: Tested | Unusable, named: readonly string[]) {
  if (!isUnusable(each)) {
    const problems = isLacking(each, named) ? [{ line: 1, message: lackingText(each.files) }] : [];
    return { file: each.files.calls, calls: [], problems, ...each.played };
  }
  return { file: each.file, calls: [], problems: each.problems.map(({ message }) => ({ line: 1, message })) };
}

function jsonOf(each: Tested | Unusable) {
  if (isUnusable(each)) return { ...each, calls: [] };
  const { files, flow, played, updated } = each;
  const { problems = [], calls = [] } = played ?? {};
  return {
    file: files.calls,
    flow: flow.id,
    ...(played === undefined ? { missing: true } : {}),
    ...(updated ? { updated } : {}),
    problems: problems.map(({ line, message }) => ({ line, message })),
    calls: calls.map((call) => ({
      title: call.title,
      line: call.line,
      passed: passed(call),
      differences: call.differences.map(({ line, message }) => ({ line, message })),
    })),
  };
}
