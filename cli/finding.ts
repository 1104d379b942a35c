/** What a check found: `unseen` where it could not look. */
export interface Finding {
  readonly check: string;
  readonly state: 'fine' | 'wrong' | 'unseen';
  /** What is, or what is wrong and what to do, in a sentence. */
  readonly says: string;
}

/** Why a check could not look, and what to do about it. */
export class Unseen extends Error {}

/** Looks at one thing: what `see` answers is fine, and what it throws is wrong. */
export async function look(check: string, see: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, state: 'fine', says: await see() };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { check, state: error instanceof Unseen ? 'unseen' : 'wrong', says };
  }
}

/** Findings as lines, each with its state before it. */
export function lines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const marks = { fine: 'ok    ', wrong: 'WRONG ', unseen: '?     ' };
  return findings
    .map(({ state, check, says }) => `${marks[state]} ${check.padEnd(width)}  ${says}`)
    .join('\n');
}
