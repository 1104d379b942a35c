import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { check, misshapen } from '../../lib/engine/check.ts';
import { Failure } from '../../lib/errors.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import type { FindFlow } from '../../lib/proof/known.ts';
import { ContentFailure, filesAt, inFile, readFile, readText } from '../file.ts';
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

/**
 * The flows that arguments name: flow files, call scripts or folders. Without arguments, those of the folder `flows`.
 * Throws FileFault if nothing is found.
 */
export function flowFiles(named: readonly string[]): FlowFiles[] {
  const found = (named.length === 0 ? [folder] : named).flatMap((path) => filesAt(path, endings.flow));
  return [...new Map(found.map(filesOf).map((files) => [files.flow, files])).values()];
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
