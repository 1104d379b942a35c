import { messageOf } from './reason.ts';

/** The result of a check; `unseen` if it could not look. */
export interface Finding {
  readonly check: string;
  readonly state: 'fine' | 'wrong' | 'unseen';
  /** A sentence: what was found or, if something is wrong, what to do. */
  readonly says: string;
}

/** A check could not look; the message says why, and what to do. */
export class Unseen extends Error {}

/** Runs one check: the result of `see` is fine, an error of it is wrong. */
export async function look(check: string, see: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, state: 'fine', says: await see() };
  } catch (error) {
    const says = messageOf(error);
    return { check, state: error instanceof Unseen ? 'unseen' : 'wrong', says };
  }
}

/** Reports an error as unseen: another check reports it, or only this check needs the access. */
export async function otherwiseUnseen<T>(see: () => Promise<T>): Promise<T> {
  try {
    return await see();
  } catch (error) {
    throw new Unseen(`Not checked: ${messageOf(error)}`);
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
