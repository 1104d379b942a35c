import { afterEach, beforeEach, expect, vi } from 'vitest';
import { tokens } from './webhook.ts';

/** What a line of the log may say, by the kind of line. Who adds a field says in `docs/security.md` whether it is personal. */
const fields: Readonly<Record<'journal' | 'error' | 'warn' | 'info', readonly string[]>> = {
  journal: [
    ...[
      'journal',
      'at',
      'callSid',
      'from',
      'to',
      'cursor',
      'next',
      'entries',
      'forgot',
      'trouble',
      'language',
    ],
    ...[
      'code',
      'status',
      'durationSeconds',
      'phase',
      'ahead',
      'agent',
      'recording',
      'missed',
      'ring',
      'group',
      'waited',
    ],
  ],
  error: [
    ...['level', 'at', 'path', 'callSid', 'leg', 'flow', 'version', 'node', 'step', 'requestId'],
    ...['error', 'code', 'message', 'awsRequestId', 'frames', 'causes'],
  ],
  warn: ['level', 'at', 'unread'],
  info: [
    ...[
      'level',
      'at',
      'path',
      'callSid',
      'leg',
      'flow',
      'version',
      'node',
      'step',
      'requestId',
      'stage',
      '_aws',
    ],
    ...['code', 'trouble', 'group', 'agent', 'outcome', 'misses'],
  ],
};

/** A number of a phone, as it stands or as a URL has it. */
const number = /(?:\+|%2B)[1-9]\d{7,14}(?!\d)/i;

/** What is a token or a secret at any place: a JWT, a header of a sign-in, one of the tokens that tests sign with. */
const secrets = [
  /eyJ[\w-]{10,}\./,
  /\b(?:Bearer|Basic) [\w+/=-]{8,}/i,
  ...tokens.map((token) => new RegExp(token)),
];

/** What a line of the log tells that it must not, in words. */
export function leaksIn(line: string): string[] {
  const leaks = secrets.flatMap((secret) => (secret.test(line) ? ['a token or a secret'] : []));
  if (/memory=/.test(line)) leaks.push('what a call remembers');
  const found = parsed(line);
  if (found === undefined) return number.test(line) ? [...leaks, 'a number'] : leaks;
  const { from, to, ...rest } = found;
  const isFirst = found.journal !== undefined && stepOf(found) === 0;
  if ((from !== undefined || to !== undefined) && !isFirst)
    leaks.push('who called, in another line than the first');
  if (number.test(JSON.stringify(rest))) leaks.push('a number');
  for (const key of keysIn(found)) if (!/^[0-9*#?]$/.test(key)) leaks.push('what was typed');
  return [...leaks, ...unknownIn(found)];
}

/** The step that a journal line tells of; 0 without one, as a call that reached no flow has none. */
function stepOf({ cursor }: Readonly<Record<string, unknown>>): number {
  return Number(/(?:^|&)step=(\d+)/.exec(String(cursor ?? ''))?.[1] ?? 0);
}

function keysIn({ entries }: Readonly<Record<string, unknown>>): string[] {
  const list = Array.isArray(entries) ? entries : [];
  return list.flatMap(({ key }) => (key === undefined ? [] : [String(key)]));
}

function unknownIn(found: Readonly<Record<string, unknown>>): string[] {
  const kind = found.journal === undefined ? String(found.level) : 'journal';
  const known = fields[kind as keyof typeof fields];
  if (known === undefined) return [`a line of the kind ${kind}`];
  // What is measured is a number under a name of its own.
  const other = Object.entries(found).filter(
    ([name, value]) =>
      !known.includes(name) && !(kind === 'info' && /^[A-Z]/.test(name) && typeof value === 'number'),
  );
  return other.map(([name]) => `the field "${name}", of which nobody has said whether it is personal`);
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(line);
    return typeof found === 'object' && found !== null ? Object(found) : undefined;
  } catch {
    return undefined;
  }
}

/** Holds lines of the log against what they may tell. */
export function expectPrivate(lines: readonly string[]): void {
  expect(lines.flatMap((line) => leaksIn(line).map((leak) => `${leak}: ${line.slice(0, 300)}`))).toEqual([]);
}

/** Keeps what is written on stdout in each test of a file: the log of the functions. It may tell nothing that is private. */
export function keepLog(): () => readonly string[] {
  let lines: string[] = [];
  beforeEach(() => {
    lines = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    });
  });
  afterEach(() => {
    expectPrivate(lines);
    vi.restoreAllMocks();
  });
  return () => lines;
}
