import { type Flow, noteOf } from './flow.ts';
import { type Note, usualNoteSize } from './note.ts';

/** What the ids of notes begin with on the canvas, where they stand among those of nodes; no id of a node holds a colon. */
const prefix = 'note:';

/** The id that a note goes by on the canvas. */
export function noteKey(id: string): string {
  return `${prefix}${id}`;
}

/** The id in the flow of the note that goes by a key; `undefined` if the key is that of a node. */
export function noteIdOf(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

/** The note that goes by a key; `undefined` if the flow has none, or the key is that of a node. */
export function noteAt(flow: Flow, key: string): Note | undefined {
  const id = noteIdOf(key);
  return id === undefined ? undefined : noteOf(flow, id);
}

/** The ids of all that has a place of its own on the canvas: the nodes, then the notes. */
export function thingsOf(flow: Flow): string[] {
  return [...Object.keys(flow.nodes), ...Object.keys(flow.notes ?? {}).map(noteKey)];
}

/** How wide and high a note is. */
export function noteSize({ size: [width, height] = usualNoteSize }: Pick<Note, 'size'>) {
  return { width, height };
}

/** How long the title of a note may be. */
const longestTitle = 40;

/** What a note is about: the first line that says something, without its Markdown; empty if none does. */
export function titleOf(text: string): string {
  const lines = text.split('\n').map((line) =>
    line
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/^[\s>#*+-]+|[*_`~]+/g, '')
      .trim(),
  );
  const title = lines.find((line) => line !== '') ?? '';
  const letters = Array.from(title);
  return letters.length > longestTitle ? `${letters.slice(0, longestTitle - 1).join('')}…` : title;
}

/** The flow with these notes in place of its own; without any it does not speak of notes. */
export function withNotes(flow: Flow, notes: Readonly<Record<string, Note>>): Flow {
  if (Object.keys(notes).length > 0) return { ...flow, notes };
  const { notes: _, ...rest } = flow;
  return rest;
}
