import { existsSync } from 'node:fs';
import type { Flow } from '../../lib/flow/flow.ts';
import { Coverage, untakenText } from '../../lib/proof/coverage.ts';
import type { FindFlow } from '../../lib/proof/known.ts';
import { type PlayedScript, passed, playScript, rewritten } from '../../lib/proof/run.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { readText, writeFile } from '../file.ts';
import { type FlowFiles, flowFiles, flowsBeside, readFlowFile } from './files.ts';
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
  const tested = flowFiles(named).map((files) => testFlow(files, options, coverage));
  const calls = tested.flatMap(({ played }) => played?.calls ?? []);
  const problems = tested.flatMap(({ played }) => played?.problems ?? []);
  const count = { passed: calls.filter(passed).length, failed: calls.filter((call) => !passed(call)).length };
  if (options.junit !== undefined) {
    writeFile(
      options.junit,
      junit(
        tested.map(({ files, played = { calls: [], problems: [] } }) => ({ file: files.calls, ...played })),
      ),
    );
  }
  const untaken = tested.flatMap(({ flow, played }) =>
    played === undefined ? [] : coverage.untaken(flow).map((each) => ({ flow: flow.id, ...each })),
  );
  const isOne = new Set(untaken.map(({ flow }) => flow)).size === 1 && tested.length === 1;
  const text = [
    ...tested.flatMap(linesOf),
    `${count.passed} calls passed, ${count.failed} failed`,
    ...untaken.map((each) => `${isOne ? '' : `${each.flow}: `}${untakenText(each)}`),
  ];
  const lacks = named.length > 0 && tested.some(({ played }) => played === undefined);
  return {
    text: text.map(inline).join('\n'),
    json: { files: tested.map(jsonOf), ...count, untaken },
    fine: count.failed === 0 && problems.length === 0 && !lacks,
  };
}

function testFlow(files: FlowFiles, { update }: TestOptions, coverage: Coverage): Tested {
  const flow = readFlowFile(files.flow);
  if (!existsSync(files.calls)) return { files, flow, updated: false };
  const find: FindFlow = flowsBeside(files.flow);
  const text = readText(files.calls);
  const first = playScript(flow, text, find, update ? undefined : coverage);
  if (!update || first.problems.length > 0) return { files, flow, played: first, updated: false };
  const written = rewritten(first.calls);
  const updated = written !== text;
  if (updated) writeFile(files.calls, written);
  return { files, flow, played: playScript(flow, written, find, coverage), updated };
}

function linesOf({ files, flow, played, updated }: Tested): string[] {
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

function jsonOf({ files, flow, played, updated }: Tested) {
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
