import { Failure, InternalError } from './errors.ts';
import { framesOf } from './frames.ts';
import { createMeasure, type Measure, type MetricsNeeds, measureNothing } from './metrics.ts';
import { Misconfigured } from './variables.ts';

/** Writes one line of the log; the end of the line is added. */
export type Write = (line: string) => void;

/** Writes a bare line on stdout: `console.log` would put a prefix before it on Lambda, and filters read it as JSON. */
const toStdout: Write = (line) => {
  process.stdout.write(`${line}\n`);
};

/** Where an error happened, as far as it is known. */
export interface ErrorPlace {
  /** The path of the webhook, or the method and the pattern of the API call: never what stands in place of its variables. */
  readonly path?: string;
  /** The carrier's id of the caller's call, by which all lines of a call are found. */
  readonly callSid?: string;
  /** The carrier's id of an agent's leg, if the line is about one. */
  readonly leg?: string;
  /** Where the call stood. */
  readonly flow?: string;
  readonly version?: number;
  readonly node?: string;
  readonly step?: number;
  /** The gateway's id of the request, which the sender was told in the header `apigw-requestid`. */
  readonly requestId?: string;
}

/**
 * The log line of an error of the system: its class, code, message and frames, those of its causes, and where it happened.
 *
 * No line of the log may hold what a caller typed or who called, so a message stands there by its origin: whole if it is of
 * our own errors, of the AWS SDK or of the operating system, which tell of ids, addresses and limits. Any other error (a
 * `TypeError` in a node, JSON that cannot be parsed) may quote data: of its message only the words that V8 itself puts
 * there are kept. Class, code and frames are names from code and always kept.
 */
export function errorLine(at: Date, error: unknown, place: ErrorPlace = {}): string {
  const { path, callSid, leg, flow, version, node, step, requestId } = place;
  const causes = causesOf(error, mostCauses).map(describe);
  return JSON.stringify({
    level: 'error',
    at: at.toISOString(),
    path,
    callSid: callSid === '' ? undefined : callSid,
    ...{ leg, flow, version, node, step, requestId },
    ...describe(error),
    ...(causes.length === 0 ? {} : { causes }),
  });
}

/** Writes the line of an error, and counts it by its code. */
export type Report = (error: unknown, place?: ErrorPlace) => void;

/** What a function writes in its log beside the journal. */
export interface Log {
  readonly write: Write;
  readonly now: () => Date;
  readonly report: Report;
  readonly measure: Measure;
}

/** The log of a function: lines on stdout. Without a namespace nothing is measured. */
export function openLog(
  { namespace, stage }: Pick<MetricsNeeds, 'stage'> & { readonly namespace?: string },
  { write = toStdout, now = () => new Date() }: Partial<Pick<Log, 'write' | 'now'>> = {},
): Log {
  const measure = namespace === undefined ? measureNothing : createMeasure({ namespace, stage, now, write });
  return { write, now, measure, report: createReport({ write, now, measure }) };
}

/** Reports errors on a log. */
export function createReport({ write, now, measure }: Omit<Log, 'report'>): Report {
  return (error, place) => {
    write(errorLine(now(), error, place));
    const code = codeOfError(error);
    measure({ Errors: 1 }, { code, path: place?.path, callSid: place?.callSid || undefined });
  };
}

/** The code by which an error is counted; its class if it has no code. */
function codeOfError(error: unknown): string {
  const { code, error: name } = describe(error);
  return code ?? name;
}

const mostCauses = 5;
const longestMessage = 500;

interface Described {
  readonly error: string;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** AWS's id of the request that failed. */
  readonly awsRequestId?: string | undefined;
  readonly frames?: readonly string[];
}

/** What an error was caused by, outermost first: a connection that was tried over several addresses has several causes. */
function causesOf(error: unknown, most: number): unknown[] {
  if (!(error instanceof Error) || most === 0) return [];
  const causes = [
    ...(error.cause === undefined ? [] : [error.cause]),
    ...(error instanceof AggregateError ? error.errors : []),
  ];
  return causes.flatMap((cause) => [cause, ...causesOf(cause, most - 1)]).slice(0, most);
}

function describe(error: unknown): Described {
  if (!(error instanceof Error)) return { error: typeof error };
  const { $metadata: sdk } = error as { $metadata?: { requestId?: string; httpStatusCode?: number } };
  const message = isPlain(error) ? error.message : wordsOfV8(error.message);
  return {
    error: /^[A-Za-z_$][\w$.]{0,80}$/.test(error.name) ? error.name : 'Error',
    code: codeOf(error, sdk?.httpStatusCode),
    message: message?.slice(0, longestMessage),
    awsRequestId: sdk?.requestId,
    frames: framesOf(error),
  };
}

/** The code of an error: its own, or the one in the response of AWS. */
function codeOf(error: Error, httpStatus: number | undefined): string | undefined {
  const own = 'code' in error ? String(error.code) : '';
  if (/^[\w.-]{1,64}$/.test(own)) return own;
  if ('$fault' in error) return error.name;
  return httpStatus === undefined ? undefined : `http-${httpStatus}`;
}

/** Names of errors that the AWS SDK throws without a response of the service. */
const sdkErrors = ['TimeoutError', 'AbortError', 'CredentialsProviderError'];

/** The codes of the operating system, of connections and of TLS. */
const systemCodes = /^(E[A-Z0-9]+|UND_ERR_[A-Z_]+|HPE_[A-Z_]+|ERR_TLS_[A-Z_]+|[A-Z_]*CERT[A-Z_]*)$/;

/** Whether the message of an error is only about the system. */
function isPlain(error: Error): boolean {
  if (error instanceof InternalError || error instanceof Failure || error instanceof Misconfigured)
    return true;
  if ('$fault' in error || sdkErrors.includes(error.name)) return true;
  return 'code' in error && systemCodes.test(String(error.code));
}

/** What V8's messages are made of beside the code or data that they quote. */
const v8Words = new RegExp(
  [
    'Cannot (?:read|set) properties of (?:undefined|null)',
    'Unexpected (?:end of JSON input|token|non-whitespace character)',
    '(?:Expected|Bad|Unterminated)(?= .*JSON)',
    'is not (?:a function|iterable|a constructor|defined|an object|valid JSON|extensible)',
    'Invalid (?:array length|time value|string length|regular expression|date|count value|code point)',
    'Cannot convert undefined or null to object|to a BigInt|to a number|before initialization|in JSON|out of range',
    'Cannot (?:convert|access|create property|assign|destructure|mix)',
    'Maximum call stack size exceeded|Assignment to constant variable|Reduce of empty array',
    'URI malformed|Division by zero|circular structure to JSON|fetch failed|Invalid URL',
  ].join('|'),
  'g',
);

function wordsOfV8(message: string): string | undefined {
  return message.match(v8Words)?.join(' … ');
}
