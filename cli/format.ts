import type { Flow } from '../lib/flow/flow.ts';

/** The longest line of a flow file, as in the project's formatter. */
const lineWidth = 110;

/** The text of a flow file. A value that fits, such as most nodes, takes one line; each position of the layout has its own. */
export function formatFlow(flow: Flow): string {
  return `${write(flow, 0, 0)}\n`;
}

/** The JSON of a value; `before` is the number of columns already used in its line. */
function write(value: unknown, depth: number, before: number): string {
  const line = onOneLine(value);
  if (typeof value !== 'object' || value === null || line.length <= 2) return line;
  // One more for the comma that may follow. The flow itself, its nodes and its layout always take several lines.
  if ((depth > 1 || Array.isArray(value)) && before + width(line) + 1 <= lineWidth) return line;
  const indent = '  '.repeat(depth + 1);
  const inner = Array.isArray(value)
    ? value.map((each) => indent + write(each, depth + 1, indent.length))
    : entriesOf(value).map(([key, each]) => {
        const name = `${indent}${JSON.stringify(key)}: `;
        return name + write(each, depth + 1, width(name));
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner.join(',\n')}\n${'  '.repeat(depth)}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = entriesOf(value).map(([key, each]) => `${JSON.stringify(key)}: ${onOneLine(each)}`);
  return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, each]) => each !== undefined);
}

/** How many columns a text takes: characters from Hangul Jamo on, Chinese among them, take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return columns;
}
