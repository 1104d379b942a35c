import { usesOf } from '../../lib/engine/uses.ts';
import { holdMusic } from '../../lib/flow/prompt.ts';
import { assumedText, proofLines } from '../../lib/proof/prooftext.ts';
import { isProven, type Proof, prove } from '../../lib/proof/prove.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { readSchedules } from '../schedulefile.ts';
import { flowFiles, flowsBeside, readFlowFile } from './files.ts';

/** Walks every path of flows. Returns what holds for all calls, and failures as call scripts. */
export function proveFlows(
  named: readonly string[],
  { schedules, now = Date.now() }: { schedules?: string | undefined; now?: number } = {},
): Answer {
  const hours = schedules === undefined ? new Map() : readSchedules(schedules);
  const proofs = flowFiles(named).map(({ flow: file }) => {
    const flow = readFlowFile(file);
    const audio = (usesOf(flow).audio ?? []).filter((id) => id !== holdMusic);
    return { file, audio, proof: prove(flow, { find: flowsBeside(file), schedules: hours, now }) };
  });
  const scripts = proofs.flatMap(({ proof }) =>
    proof.failures.flatMap(({ waived, script }) => (waived === undefined ? [script.trimEnd()] : [])),
  );
  const text = [
    ...proofs.flatMap(({ proof, audio }) =>
      [...proofLines(proof), ...(audio.length === 0 ? [] : [assumedText(audio)])].map(inline),
    ),
    ...scripts.map((script) => `\n${script.split('\n').map(inline).join('\n')}`),
  ];
  return {
    text: text.join('\n'),
    json: { flows: proofs.map(({ file, proof }) => ({ file, proven: isProven(proof), ...jsonOf(proof) })) },
    fine: proofs.every(({ proof }) => isProven(proof)),
  };
}

/** A proof as JSON. The number of paths may have any number of digits, so it is a string. */
function jsonOf({ calls: { count, back: _, ...calls }, ...proof }: Proof) {
  return { ...proof, calls: { ...calls, paths: String(count) } };
}
