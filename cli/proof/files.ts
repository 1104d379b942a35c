import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { check, misshapen } from '../../lib/engine/check.ts';
import { type Detail, Failure } from '../../lib/errors.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import type { FindFlow } from '../../lib/proof/known.ts';
import { ContentFailure, FileFault, filesAt, inFile, readFile, readText } from '../file.ts';
import { parseFlow } from '../parse.ts';

/** The file name endings of a flow. */
const endings = { flow: '.flow.json', calls: '.calls.txt' } as const;

/** The folder of a project's flows. */
const folder = 'flows';

/** The files of one flow. */
export interface FlowFiles {
  readonly flow: string;
  readonly calls: string;
}

/** A file or folder that cannot be used, and why. */
export interface Unusable {
  readonly file: string;
  readonly problems: readonly Detail[];
}

/** Whether this is a file that cannot be used. */
export function isUnusable<T extends object>(each: T | Unusable): each is Unusable {
  return 'problems' in each;
}

/**
 * Does something with each flow that arguments name: flow files, call scripts or folders; without arguments, those of the folder
 * `flows`. Where a file cannot be used, its problems stand in the result, and the other flows are done.
 */
export function withFlows<T extends object>(
  named: readonly string[],
  act: (files: FlowFiles) => T | Unusable,
): (T | Unusable)[] {
  const done = new Set<string>();
  return (named.length === 0 ? [folder] : named).flatMap((path) => {
    const found = usable(path, () => ({ files: filesAt(path, endings.flow) }));
    if (isUnusable(found)) return [found];
    return found.files.map(filesOf).flatMap((files) => {
      if (done.has(files.flow)) return [];
      done.add(files.flow);
      return [usable(files.flow, () => act(files))];
    });
  });
}

/** The result of `act`, or the problems of the file if it cannot be used. Throws other errors. */
export function usable<T extends object>(file: string, act: () => T | Unusable): T | Unusable {
  try {
    return act();
  } catch (error) {
    if (error instanceof ContentFailure && error.file === file && error.problems.length > 0)
      return { file, problems: error.problems };
    if (error instanceof ContentFailure) return unreadable(file, contentText(error));
    if (!(error instanceof FileFault)) throw error;
    // The fault of another file, such as a flow that this one enters, keeps its name.
    return unreadable(file, error.message.startsWith(`${file} `) ? error.reason : error.message);
  }
}

function unreadable(file: string, message: string): Unusable {
  return { file, problems: [{ rule: 'unreadable', severity: 'error', message }] };
}

function contentText({ file, message, problems: [first] }: ContentFailure): string {
  return `${file}: ${first?.message ?? message}`;
}

function filesOf(name: string): FlowFiles {
  if (name.endsWith(endings.calls)) {
    const stem = name.slice(0, -endings.calls.length);
    return { flow: stem + endings.flow, calls: name };
  }
  const stem = name.replace(/\.flow\.json$|\.json$/, '');
  return { flow: name, calls: stem + endings.calls };
}

/** The call script beside a flow's file. Throws FileFault if there is none. */
export function scriptBeside(file: string): { readonly file: string; readonly text: string } {
  const { calls } = filesOf(file);
  return { file: calls, text: readText(calls) };
}

/** The JSON of a flow file. Throws FileFault, or ContentFailure if it is not JSON. */
export function readDocument(file: string): unknown {
  return inFile(file, () => parseFlow(readFile(file)));
}

/** The flow of a file. Throws FileFault, or ContentFailure with the problems if it is not a flow. */
export function readFlowFile(file: string): Flow {
  const document = readDocument(file);
  const problems = check(document);
  if (misshapen(problems))
    throw new ContentFailure(file, new Failure('flow-invalid', 'The file holds no flow.', problems));
  return document as Flow;
}

/** Finds flows in the folder of a file. */
export function flowsBeside(file: string): FindFlow {
  const known = new Map<string, Flow | undefined>();
  return (id) => {
    if (!known.has(id)) known.set(id, readBeside(file, id));
    return known.get(id);
  };
}

function readBeside(file: string, id: string): Flow | undefined {
  const beside = join(dirname(file), `${basename(id)}${endings.flow}`);
  return existsSync(beside) ? readFlowFile(beside) : undefined;
}
