import { defined } from '../flow/defined.ts';
import { type Happening, readHappening } from './happenings.ts';
import { readFact } from './known.ts';
import type { ScriptMessage } from './scriptmessage.ts';

/** A line of a call script. `line` is its number in the file, from 1; `text` is the line without its mark. */
export type ScriptLine = { readonly line: number; readonly text: string } & (
  | { readonly kind: 'fact'; readonly name: string; readonly value: string }
  | { readonly kind: 'event'; readonly happening: Happening }
  | { readonly kind: 'heard' }
  | { readonly kind: 'ends'; readonly reason: string; readonly node?: string }
  | { readonly kind: 'goes-on' }
);

/** One call of a script: `# title`, then facts (`?`), events (`>`), what is heard (`<`) and the end (`=`). */
export interface ScriptCall {
  readonly title: string;
  readonly line: number;
  readonly lines: readonly ScriptLine[];
}

/** What is wrong with a line of a script, and the fix. */
export interface ScriptProblem extends ScriptMessage {
  readonly line: number;
}

/** A script that was read. A line that is not valid is a problem, and is left out of its call. */
export interface Script {
  readonly calls: readonly ScriptCall[];
  readonly problems: readonly ScriptProblem[];
}

/** The longest script, in UTF-16 units; also the limit for scripts that are stored with a draft. */
export const longestScript = 128 * 1024;

/** Reads a call script. Never throws: lines that cannot be read are reported as problems. */
export function readScript(text: string): Script {
  const problems: ScriptProblem[] = [];
  const calls: (ScriptCall & { readonly lines: ScriptLine[] })[] = [];
  if (text.length > longestScript) {
    const { length } = text;
    const message = `The script has ${length} characters, ${longestScript} at most are allowed: split it.`;
    return {
      calls,
      problems: [{ line: 1, message, says: 'long', values: { length, most: longestScript } }],
    };
  }
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const trimmed = written.trim();
    if (trimmed === '') continue;
    const call = calls.at(-1);
    const read = readLine(trimmed, line, call);
    if ('message' in read) problems.push({ line, ...read });
    else if ('title' in read) calls.push({ ...read, lines: [] });
    else call?.lines.push(read);
  }
  return { calls, problems };
}

function readLine(
  written: string,
  line: number,
  call: ScriptCall | undefined,
): ScriptLine | Omit<ScriptCall, 'lines'> | ScriptMessage {
  const [mark = ''] = written;
  const text = written.slice(1).trim();
  if (mark === '#') {
    return text === ''
      ? { message: 'The call has no title: write `# What the caller does`.', says: 'title' }
      : { title: text, line };
  }
  if (!['?', '>', '<', '='].includes(mark)) {
    return {
      message: `\`${clip(written)}\` is not a line of a call script: lines begin with \`#\` (a title), \`?\` (known), \`>\` (happens), \`<\` (heard) or \`=\` (the end).`,
      ...{ says: 'mark', values: { text: clip(written) } },
    };
  }
  if (call === undefined)
    return {
      message: 'The line belongs to no call: begin with a title, `# What the caller does`.',
      says: 'belongs',
    };
  const last = call.lines.at(-1);
  if (last?.kind === 'ends' || last?.kind === 'goes-on') {
    return {
      message: `The call was closed in line ${last.line}: move this line before it, or begin another call with \`#\`.`,
      ...{ says: 'closed', values: { line: last.line } },
    };
  }
  if (mark === '?') return readKnown(text, line);
  if (mark === '<') return { kind: 'heard', line, text };
  if (mark === '=') return readEnd(text, line);
  const happening = readHappening(text);
  return 'message' in happening ? happening : { kind: 'event', line, text, happening };
}

function readKnown(text: string, line: number): ScriptLine | ScriptMessage {
  const [, name, value] = /^(.+?):\s+(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    return {
      message: `\`? ${clip(text)}\` says nothing: write \`? FACT: VALUE\`, such as \`? available sales: yes\`.`,
      ...{ says: 'known', values: { text: clip(text) } },
    };
  }
  return readFact(name, value) ?? { kind: 'fact', line, text, name, value };
}

function readEnd(text: string, line: number): ScriptLine | ScriptMessage {
  if (text === 'goes on') return { kind: 'goes-on', line, text };
  const [, reason, node] = /^ends ([a-z][a-z-]*)(?: at (\S+))?$/.exec(text) ?? [];
  if (reason === undefined) {
    return {
      message: `\`= ${clip(text)}\` is not an end: write \`= ends REASON\`, \`= ends REASON at NODE\` or \`= goes on\`.`,
      ...{ says: 'end', values: { text: clip(text) } },
    };
  }
  return { kind: 'ends', line, text, reason, ...defined({ node }) };
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** A line as it is written in a file, with its mark. */
export function scriptLine({ kind, text }: Pick<ScriptLine, 'kind' | 'text'>): string {
  const marks = { fact: '?', event: '>', heard: '<', ends: '=', 'goes-on': '=' } as const;
  return `${marks[kind]} ${text}`;
}
