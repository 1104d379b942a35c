import { type Flow, noteOf } from './flow.ts';
import { type Note, usualNoteSize } from './note.ts';

/** The prefix of a note's id on the canvas, where notes and nodes share one list of ids. No node id contains a colon. */
const prefix = 'note:';

/** The canvas id of a note: `note:` and its id in the flow. */
export function noteKey(id: string): string {
  return `${prefix}${id}`;
}

/** The id of a note in the flow, from its canvas id; `undefined` for the id of a node. */
export function noteIdOf(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

/** The note with this canvas id; `undefined` if the flow has none or the id is that of a node. */
export function noteAt(flow: Flow, key: string): Note | undefined {
  const id = noteIdOf(key);
  return id === undefined ? undefined : noteOf(flow, id);
}

/** The canvas ids of all nodes, then of all notes. */
export function thingsOf(flow: Flow): string[] {
  return [...Object.keys(flow.nodes), ...Object.keys(flow.notes ?? {}).map(noteKey)];
}

/** The width and height of a note, in pixels at zoom 1. */
export function noteSize({ size: [width, height] = usualNoteSize }: Pick<Note, 'size'>) {
  return { width, height };
}

/** The longest title of a note, in characters. */
const longestTitle = 40;

/** The title of a note: its first line that is not blank, without Markdown. Empty if all lines are blank. */
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

/** The flow with these notes; without the field `notes` if there are none. */
export function withNotes(flow: Flow, notes: Readonly<Record<string, Note>>): Flow {
  if (Object.keys(notes).length > 0) return { ...flow, notes };
  const { notes: _, ...rest } = flow;
  return rest;
}
