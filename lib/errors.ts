/** Every error of the system: its code is stable and stands in the `type` of a problem document. */
export const errors = {
  'bad-input': { status: 422, title: 'The input has the wrong shape' },
  'cursor-foreign': { status: 400, title: 'The list gave no such cursor' },
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
  'flow-deleted': { status: 409, title: 'A deleted flow of this id can be restored' },
  'flow-invalid': { status: 422, title: 'The flow has problems' },
  'flow-too-large': { status: 413, title: 'The flow is too large' },
  'flow-expired': { status: 404, title: 'The deleted flow is gone' },
  'flow-bound': { status: 409, title: 'A number points at the flow' },
  'flow-used': { status: 409, title: 'A live flow enters the flow' },
  'draft-stale': { status: 412, title: 'The draft was changed meanwhile' },
  'script-stale': { status: 412, title: 'The call script was changed meanwhile' },
  'draft-elsewhere': { status: 409, title: 'The draft holds unpublished changes from elsewhere' },
  'draft-unchanged': { status: 409, title: 'Nothing has changed since the newest version' },
  'publish-raced': { status: 409, title: 'The flow was published or rolled back at the same time' },
  'version-missing': { status: 404, title: 'There is no such version' },
  'number-missing': { status: 404, title: 'The number is not bound' },
  'call-missing': { status: 404, title: 'There is no record of the call' },
  'voicemail-missing': { status: 404, title: 'There is no such message' },
  'caller-on-line': { status: 409, title: 'The caller is on the line' },
  'number-raced': { status: 409, title: 'The number was bound or unbound at the same time' },
  'group-missing': { status: 404, title: 'There is no such skill group' },
  'group-used': { status: 409, title: 'A flow uses the skill group' },
  'group-raced': { status: 409, title: 'The skill group was changed at the same time' },
  'schedule-missing': { status: 404, title: 'There is no such schedule' },
  'schedule-used': { status: 409, title: 'A flow uses the schedule' },
  'schedule-raced': { status: 409, title: 'The schedule was changed at the same time' },
  'connection-missing': { status: 404, title: 'There is no such connection' },
  'connection-used': { status: 409, title: 'A flow uses the connection' },
  'connection-raced': { status: 409, title: 'The connection was changed at the same time' },
  'connection-failed': { status: 502, title: 'The service did not answer' },
  'agent-missing': { status: 404, title: 'There is no such agent' },
  'agent-raced': { status: 409, title: 'The agent was changed at the same time' },
  'agent-busy': { status: 409, title: 'The agent is being rung or is in a call' },
  'agent-without-phone': { status: 409, title: 'The agent is not rung in a browser' },
  'phone-key-missing': { status: 501, title: "No API key of the carrier is set for agents' browser phones" },
  'audio-missing': { status: 404, title: 'There is no such audio' },
  'audio-taken': { status: 409, title: 'An audio of this id exists' },
  'audio-state': { status: 409, title: 'The audio cannot be reviewed' },
  'audio-used': { status: 409, title: 'A flow uses the audio' },
  'pronunciations-stale': { status: 412, title: 'The pronunciations were changed meanwhile' },
  'settings-stale': { status: 412, title: 'The settings were changed meanwhile' },
  'settings-taken': { status: 412, title: 'There are settings of this id already' },
  'speech-off': { status: 409, title: 'The carrier speaks the texts here' },
  'speech-unavailable': { status: 503, title: 'Nothing can speak the text' },
  'carrier-number-missing': { status: 404, title: "The carrier's account has no such number" },
  'carrier-number-unfit': { status: 409, title: "The carrier's number cannot bring its calls here" },
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
  /** Stands with the rule `call-script`: a `ScriptFault`. */
  readonly script?: {
    readonly flow?: string;
    readonly line: number;
    readonly title?: string;
    readonly says: string;
    readonly values?: Readonly<Partial<Record<string, string | number>>>;
  };
}

/**
 * An error that is the caller's of the API, or the user's: thrown once and turned into an answer at the boundary only.
 */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Detail[];

  /** @param detail a sentence that names what was wrong this time and what to do. */
  constructor(
    code: ErrorCode,
    detail: string,
    problems: readonly Detail[] = [],
    options: { readonly cause?: unknown } = {},
  ) {
    super(detail, options);
    this.name = 'Failure';
    this.code = code;
    this.problems = problems;
  }
}

/** What breaks inside the system. The code stands in the log; a caller hears the apology, and the API answers `internal`. */
export type InternalCode =
  /** The journal's words for why a caller heard the apology, too. */
  | 'unknown-number'
  | 'no-live-version'
  | 'unknown-version'
  | 'bad-cursor'
  | 'unknown-path'
  | 'too-slow'
  | 'speech-missing'
  | 'carrier'
  | 'token-unreadable'
  | 'carrier-failed'
  | 'recording-left'
  | 'dial-refused'
  | 'node-threw'
  | 'endless-asks'
  | 'request-refused'
  | 'request-failed'
  | 'request-paused'
  | 'item-broken'
  | 'audit-taken'
  | 'table-busy'
  | 'table-foreign'
  | 'storage-missing';

/**
 * An error inside the system: thrown once, with what caused it, and caught at the boundary only. Its message stands in the
 * log, so it names ids, spans and limits, but never who called or what a caller typed.
 */
export class InternalError extends Error {
  readonly code: InternalCode;

  constructor(code: InternalCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'InternalError';
    this.code = code;
  }
}
