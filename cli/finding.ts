import { messageOf } from './reason.ts';

/** The result of a check; `unseen` if the check could not be made. */
export interface Finding {
  readonly check: string;
  readonly state: 'fine' | 'wrong' | 'unseen';
  /** A sentence: what was found or, if something is wrong, what to do. */
  readonly says: string;
}

/** A check could not be made; the message says why, and what to do. */
export class NotChecked extends Error {}

/** Runs one check. What `work` returns is fine; what it throws is wrong, or `unseen` if it is NotChecked. */
export async function runCheck(check: string, work: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, state: 'fine', says: await work() };
  } catch (error) {
    const says = messageOf(error);
    return { check, state: error instanceof NotChecked ? 'unseen' : 'wrong', says };
  }
}

/** Turns an error of `work` into NotChecked: another check reports it, or only this check needs the access. */
export async function orNotChecked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new NotChecked(`Not checked: ${messageOf(error)}`);
  }
}

/** Findings as lines that begin with their state. */
export function lines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const marks = { fine: 'ok    ', wrong: 'WRONG ', unseen: '?     ' };
  return findings
    .map(({ state, check, says }) => `${marks[state]} ${check.padEnd(width)}  ${says}`)
    .join('\n');
}
