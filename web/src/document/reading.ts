import { type Flow, largestFlowBytes, longestFlowName } from '../../../lib/flow/flow.ts';
import { type JsonFault, readJson } from '../../../lib/flow/json.ts';
import { firstCharacters } from '../../../lib/flow/length.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { shapeProblems } from './validate.ts';

/** The longest text that is read, in UTF-16 units or bytes; a flow as formatted JSON is shorter. */
export const maxReadLength = 4 * largestFlowBytes;

/** What a text holds: a flow that the editor can show, or why it holds none. */
export type ReadFlow =
  | { readonly outcome: 'flow'; readonly flow: Flow }
  | { readonly outcome: 'json'; readonly faults: readonly JsonFault[] }
  | { readonly outcome: 'shape'; readonly problems: readonly Problem[] };

/** Reads a flow from JSON that was written, pasted or imported. Duplicate keys are faults. Never throws. */
export function readFlow(text: string): ReadFlow {
  const { value, faults } = { value: undefined, ...readJson(text) };
  if (faults !== undefined) return { outcome: 'json', faults };
  const problems = shapeProblems(value);
  return problems.length > 0 ? { outcome: 'shape', problems } : { outcome: 'flow', flow: value as Flow };
}

/** Reads a flow like `readFlow`; of a name that is too long it takes the beginning, which the user can change. */
export function readImport(text: string): ReadFlow & { readonly shortened?: true } {
  const read = readFlow(text);
  if (read.outcome !== 'shape') return read;
  const { value } = { value: undefined, ...readJson(text) };
  const { name, ...rest } = { ...(value as Partial<Flow> | undefined) };
  if (typeof name !== 'string') return read;
  const flow = { ...rest, name: firstCharacters(name, longestFlowName) };
  return shapeProblems(flow).length > 0 ? read : { outcome: 'flow', flow: flow as Flow, shortened: true };
}

/**
 * What the bytes of a file hold: text in UTF-8, or in UTF-16 behind a byte order mark; or text in another encoding, with what
 * it says if that is GB18030 (which includes GBK and GB 2312). `undefined` if it is in neither.
 */
export type FileText = { readonly text: string } | { readonly asGb18030: string } | undefined;

/** Decodes a file strictly: bytes that are invalid in an encoding are never replaced. */
export function decodeFile(bytes: Uint8Array): FileText {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = decode(bytes, marked);
  if (text !== undefined) return { text };
  const asGb18030 = decode(bytes, 'gb18030');
  return asGb18030 === undefined ? undefined : { asGb18030 };
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many texts a preview shows, and how much of each, in characters. */
const preview = { texts: 6, length: 60 } as const;

/** Quoted texts with characters beyond ASCII, which show a reader whether the encoding is right. */
export function foreignTexts(text: string): string[] {
  const found = new Set<string>();
  for (const [quoted] of text.matchAll(/"[^"\\\n]*(?:\\.[^"\\\n]*)*"/g)) {
    if (!/[^\0-\x7f]/.test(quoted)) continue;
    const characters = [...quoted.slice(1, -1)];
    const { texts, length } = preview;
    found.add(characters.length > length ? `${characters.slice(0, length).join('')}…` : characters.join(''));
    if (found.size === texts) break;
  }
  return [...found];
}

/** Whether a text contains U+FFFD, which means that it was damaged when it was saved. */
export function isDamaged(text: string): boolean {
  return text.includes('\ufffd');
}
