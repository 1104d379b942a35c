import { usesOf } from '../../lib/engine/uses.ts';
import { holdMusic } from '../../lib/flow/prompt.ts';
import { assumedText, proofLines } from '../../lib/proof/prooftext.ts';
import { isProven, type Proof, prove } from '../../lib/proof/prove.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { problemLines } from '../problems.ts';
import { readSchedules } from '../schedulefile.ts';
import { flowsBeside, isUnusable, readFlowFile, type Unusable, withFlows } from './files.ts';

/** A proof of a flow's file. */
interface Proven {
  readonly file: string;
  /** Audio of unknown length. */
  readonly audio: readonly string[];
  readonly proof: Proof;
}

/** Walks every path of flows. Returns what holds for all calls, failures as call scripts, and the files that cannot be used. */
export function proveFlows(
  named: readonly string[],
  { schedules, now = Date.now() }: { schedules?: string | undefined; now?: number } = {},
): Answer {
  const hours = schedules === undefined ? new Map() : readSchedules(schedules);
  const proofs = withFlows<Proven>(named, ({ flow: file }) => {
    const flow = readFlowFile(file);
    const audio = (usesOf(flow).audio ?? []).filter((id) => id !== holdMusic);
    return { file, audio, proof: prove(flow, { find: flowsBeside(file), schedules: hours, now }) };
  });
  const scripts = proofs.flatMap((each) => (isUnusable(each) ? [] : scriptsOf(each)));
  const text = [
    ...proofs.flatMap((each) => (isUnusable(each) ? problemLines(each.file, each.problems) : linesOf(each))),
    ...scripts.map((script) => `\n${script.split('\n').map(inline).join('\n')}`),
  ];
  return {
    text: text.join('\n'),
    json: { flows: proofs.map(jsonOf) },
    fine: proofs.every((each) => !isUnusable(each) && isProven(each.proof)),
  };
}

function linesOf({ proof, audio }: Proven): string[] {
  return [...proofLines(proof), ...(audio.length === 0 ? [] : [assumedText(audio)])].map(inline);
}

function scriptsOf({ proof }: Proven): string[] {
  return proof.failures.flatMap(({ waived, script }) => (waived === undefined ? [script.trimEnd()] : []));
}

/** A proof as JSON. The number of paths may have any number of digits, so it is a string. */
function jsonOf(each: Proven | Unusable) {
  if (isUnusable(each)) return { file: each.file, proven: false, problems: each.problems };
  const { calls, ...proof } = each.proof;
  const { count, back: _, ...measured } = calls;
  return {
    ...{ file: each.file, proven: isProven(each.proof), ...proof },
    calls: { ...measured, paths: String(count) },
  };
}
