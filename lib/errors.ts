/** Every error of the system: its code is stable and stands in the `type` of a problem document. */
export const errors = {
  'bad-input': { status: 422, title: 'The input has the wrong shape' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  'not-declared-json': { status: 415, title: 'The body is not declared to be JSON' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'path-missing': { status: 404, title: 'There is nothing under this path' },
  'method-refused': { status: 405, title: 'The path does not take this method' },
  'role-too-small': { status: 403, title: 'The role does not allow this' },
  'match-missing': { status: 428, title: 'The request does not say what it may overwrite' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'flow-missing': { status: 404, title: 'There is no such flow' },
  'flow-taken': { status: 409, title: 'A flow of this id exists' },
  'flow-invalid': { status: 422, title: 'The flow has problems' },
  'flow-too-large': { status: 413, title: 'The flow is too large' },
  'flow-bound': { status: 409, title: 'A number points at the flow' },
  'draft-stale': { status: 412, title: 'The draft was changed meanwhile' },
  'draft-elsewhere': { status: 409, title: 'The draft holds unpublished changes from elsewhere' },
  'draft-unchanged': { status: 409, title: 'Nothing has changed since the newest version' },
  'publish-raced': { status: 409, title: 'The flow was published or rolled back at the same time' },
  'version-missing': { status: 404, title: 'There is no such version' },
  'number-missing': { status: 404, title: 'The number is not bound' },
  'call-missing': { status: 404, title: 'There is no record of the call' },
  'number-raced': { status: 409, title: 'The number was bound or unbound at the same time' },
  'group-missing': { status: 404, title: 'There is no such skill group' },
  'group-raced': { status: 409, title: 'The skill group was changed at the same time' },
  'agent-missing': { status: 404, title: 'There is no such agent' },
  'agent-raced': { status: 409, title: 'The agent was changed at the same time' },
  'agent-busy': { status: 409, title: 'The agent is being rung or is in a call' },
  'carrier-number-missing': { status: 404, title: "The carrier's account has no such number" },
  'carrier-refused': { status: 502, title: 'The carrier did not do what it was asked' },
} as const;

/** The code of an error in the table above. */
export type ErrorCode = keyof typeof errors;

/** What is wrong with an input, piece by piece. */
export interface Detail {
  readonly rule: string;
  readonly severity: string;
  readonly node?: string;
  readonly field?: string;
  readonly message: string;
}

/** An error of the system. It is thrown once and turned into an answer at the rim only. */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Detail[];

  /** @param detail a sentence that names what was wrong this time and what to do. */
  constructor(code: ErrorCode, detail: string, problems: readonly Detail[] = []) {
    super(detail);
    this.name = 'Failure';
    this.code = code;
    this.problems = problems;
  }
}
