import { createHash } from 'node:crypto';
import { Failure } from '../errors.ts';
import { canonicalJson } from '../flow/canonical.ts';

/** The revision of settings: the same for equal settings, whatever the order of their keys. */
export function revisionOf(settings: object): string {
  return createHash('sha256').update(canonicalJson(settings)).digest('hex').slice(0, 16);
}

/** Whether a save may replace what is stored, by its revision: `undefined` if nothing is stored. */
export type Precondition = (revision: string | undefined) => boolean;

/**
 * Throws `settings-stale` if a save may not replace what is stored, and `settings-taken` if it may only create. `what` names the
 * settings in the error: `schedule office`. A save of what is stored already need not be refused: it may be the retry of a save whose
 * answer was lost. (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1)
 */
export function refuseUnexpected(
  what: string,
  revision: string | undefined,
  mayReplace: Precondition | undefined,
): void {
  if (mayReplace === undefined || mayReplace(revision)) return;
  if (revision !== undefined && mayReplace(undefined))
    throw new Failure('settings-taken', `There is a ${what} already. Choose another id, or change that one.`);
  const change = revision === undefined ? 'deleted' : 'changed';
  throw new Failure('settings-stale', `The ${what} was ${change} since you read it. Read it again.`);
}
