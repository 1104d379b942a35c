import { Failure } from '../lib/errors.ts';
import { jsonFaultText, readJson } from '../lib/flow/json.ts';

/** The JSON of a flow file. Throws `flow-invalid` if it is not UTF-8, not JSON, or contains a key twice. */
export function parseFlow(bytes: Uint8Array): unknown {
  const { value, faults } = { value: undefined, ...readJson(decode(bytes)) };
  if (faults === undefined) return value;
  throw unreadable(
    faults.map((fault) => ({
      rule: fault.fault === 'syntax' ? 'not-json' : fault.fault,
      message: jsonFaultText(fault),
    })),
  );
}

function decode(bytes: Uint8Array): string {
  try {
    // Drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable([{ rule: 'not-utf-8', message: 'The file is not UTF-8: save it in that encoding.' }]);
  }
}

function unreadable(faults: readonly { rule: string; message: string }[]): Failure {
  const problems = faults.map((fault) => ({ ...fault, severity: 'error' }));
  return new Failure('flow-invalid', 'The file holds no flow.', problems);
}
