import { existsSync } from 'node:fs';
import type { Flow } from '../../lib/flow/flow.ts';
import { Coverage, untakenText } from '../../lib/proof/coverage.ts';
import type { FindFlow } from '../../lib/proof/known.ts';
import { type PlayedScript, passed, playScript, rewritten } from '../../lib/proof/run.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { readText, writeFile } from '../file.ts';
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

/** A flow with its played script; `played` is left out if it has no script. */
interface Tested {
  readonly files: FlowFiles;
  readonly flow: Flow;
  readonly played?: PlayedScript;
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
    writeFile(options.junit, junit(all.map(reportOf)));
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
  const lacks = named.length > 0 && tested.some(({ played }) => played === undefined);
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
  const first = playScript(flow, text, find, update ? undefined : coverage);
  if (!update || first.problems.length > 0) return { files, flow, played: first, updated: false };
  const written = rewritten(first.calls);
  const updated = written !== text;
  if (updated) writeFile(files.calls, written);
  return { files, flow, played: playScript(flow, written, find, coverage), updated };
}

function linesOf(each: Tested | Unusable): string[] {
  if (isUnusable(each)) return problemLines(each.file, each.problems);
  const { files, flow, played, updated } = each;
  if (played === undefined) return [`${files.flow}: no calls: write ${files.calls}, see docs/calls-txt.md`];
  const { problems, calls } = played;
  if (problems.length === 0 && calls.length === 0) return [`${files.calls}: no calls of ${flow.id}`];
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

/** What a JUnit report says of a flow. */
function reportOf(each: Tested | Unusable) {
  if (!isUnusable(each)) return { file: each.files.calls, calls: [], problems: [], ...each.played };
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
