import type { InternalCode } from '../lib/errors.ts';

/** By error code: what an error means to an operator, and what to do. */
const own: Readonly<Record<InternalCode, string>> = {
  'unknown-number':
    'a number of the carrier points here but is bound to no flow: bind it, or take the webhooks from it',
  'no-live-version': 'a number is bound to a flow without a published version: publish it',
  'unknown-version':
    'a call uses a version that the table no longer has: was the table restored, or the flow deleted during the call?',
  'bad-cursor':
    'a URL of ours came back in another form: a proxy before the stage changes queries, or an old URL was used',
  'unknown-path': 'the carrier asks for a path that does not exist: look at the webhooks of the number',
  'too-slow':
    'the table, the carrier or a service answered too late: look at the latency of DynamoDB and at the carrier’s status page',
  'speech-missing': 'a version has no speech for a text: publish the flow again',
  carrier:
    'the carrier could not fetch or play an answer: its own error code is in the line, and in its debugger',
  'token-unreadable':
    'the parameter of the carrier’s token cannot be read: check the parameter and the rights of VoiceRole',
  'carrier-failed':
    'the carrier’s REST API refused or failed: the message names its status and code; look at token, balance and account',
  'recording-left':
    'a message is still at the carrier: it is fetched with the next message, and when the list of messages is opened',
  'dial-refused':
    'an agent’s number is premium, or outside DIAL_ALLOW: give the agent another endpoint, or change DIAL_ALLOW',
  'node-threw': 'a node’s own code broke: this is a fault of Branchline, the frames say where',
  'endless-asks': 'a node asks without an end: this is a fault of Branchline',
  'request-refused':
    'a connection points at an address that is not public, or a path leaves it: look at the connection',
  'request-failed': 'a service that a flow requests fails: callers take the exit “failed”; check the service',
  'request-paused':
    'a service failed so often that requests to it pause for 30 s at a time: check the service',
  'item-broken': 'an item of the table is incomplete: was it written by hand?',
  'audit-taken': 'two changes wrote the same audit entry: repeat the change',
  'table-busy': 'the table left items of a batch undone: look at its throttled requests',
  'table-foreign':
    'something between the function and the table answers in its place: look at proxies and endpoints',
  'storage-missing': 'a function was set up without its bucket: deploy again',
};

/** The same for errors of AWS and the operating system, by pattern of their code. */
const others: readonly (readonly [RegExp, string])[] = [
  [
    /Throttl|ProvisionedThroughput|RequestLimit/,
    'AWS throttles the table: one partition is too hot, or the table grew faster than on-demand capacity does',
  ],
  [
    /AccessDenied|UnrecognizedClient|ExpiredToken/,
    'a function lacks a right that it needs: were its role or the template changed by hand? Deploy again',
  ],
  [
    /ResourceNotFound/,
    'a function asks for something that is gone: the table, a parameter or a bucket. Deploy again',
  ],
  [/Timeout|Abort|ETIMEDOUT|UND_ERR/, 'no answer in time: look at AWS’s status page for the region'],
  [
    /^E[A-Z]+$/,
    'a connection could not be made: look at AWS’s status page for the region, and at the carrier’s',
  ],
  [
    /InternalServerError|ServiceUnavailable|^http-5/,
    'AWS itself failed: look at its status page for the region',
  ],
];

/** What an error means, and what to do. */
export function adviceOn(code: string): string {
  if (Object.hasOwn(own, code)) return own[code as InternalCode];
  const found = others.find(([pattern]) => pattern.test(code));
  return found?.[1] ?? 'look at the lines of the log that name this code';
}
