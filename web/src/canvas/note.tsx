import type { NodeProps } from '@xyflow/react';
import { type ComponentType, createContext, memo, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { type Note, noteColors } from '../../../lib/flow/note.ts';
import { Markdown } from '../words/markdown.tsx';
import type { DrawnNote } from './drawing.ts';
import { FarContext, tonesOf } from './layer.ts';
import { Tags } from './tags.tsx';
import './note.css';

/** What the tools of a note know of it. */
export interface NoteToolsProps {
  readonly id: string;
  readonly note: Note;
  readonly selected: boolean;
  /** The note as it is read, which the tools show while it is not written on. */
  readonly children: ReactNode;
}

/** The means to write on a note, paint and stretch it, if that is allowed. */
export const NoteToolsContext = createContext<ComponentType<NoteToolsProps> | undefined>(undefined);

/** A sticky note on the canvas: what it says, and, if it may be changed, the tools of the canvas around. */
export const Sticky = memo(function Sticky({ id, data, selected, draggable }: NodeProps<DrawnNote>) {
  const far = useContext(FarContext);
  const Tools = useContext(NoteToolsContext);
  const { note, tags } = data;
  const paper = far ? null : <Paper text={note.text} hint={draggable} />;
  const glyph = far ? tags.find((tag) => tag.glyph !== undefined)?.glyph : undefined;
  return (
    <div
      className={`note${selected ? ' is-selected nowheel' : ''}`}
      data-color={note.color ?? noteColors[0]}
      data-tone={tonesOf(tags)}
    >
      {Tools !== undefined && draggable ? <Tools {...{ id, note, selected }}>{paper}</Tools> : paper}
      {far ? null : <Tags tags={tags} />}
      {glyph === undefined ? null : <b className="far-glyph">{glyph}</b>}
    </div>
  );
});

function Paper({ text, hint }: { text: string; hint: boolean }) {
  const { t } = useTranslation();
  const empty = text.trim() === '';
  return (
    <div className="note-text">
      {empty ? null : <Markdown text={text} />}
      {empty && hint ? <p className="note-empty">{t('canvas.noteEmpty')}</p> : null}
    </div>
  );
}
