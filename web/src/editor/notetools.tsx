import { EditOutlined } from '@ant-design/icons';
import { NodeResizer, NodeToolbar, Position } from '@xyflow/react';
import { Button, Input } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { longestNote, type Note, noteColors, noteSide } from '../../../lib/flow/note.ts';
import type { NoteToolsProps } from '../canvas/note.tsx';
import { paint, write } from '../document/edits.ts';
import { upTo } from '../shell/length.ts';
import { useDocumentStore, useEditorState } from './documentstore.ts';
import { Swatches } from './swatches.tsx';

/** The tools of a note that may be changed: colours and handles to stretch it while it is selected, a field while it is written on. */
export function NoteTools({ id, note, selected, children }: NoteToolsProps) {
  const open = useEditorState(({ writing }) => writing === id);
  return (
    <>
      {selected ? <Grips id={id} note={note} /> : null}
      {open ? <Pen id={id} text={note.text} /> : children}
    </>
  );
}

/** Tools lie over all that is on the canvas, though the note lies under it. */
const over = 1000;

/** The least width that a pointer can give a note, so that it can be read still. */
const leastWidth = 80;

function Grips({ id, note }: { id: string; note: Note }) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const alone = useEditorState(({ selection }) => selection.nodes.size === 1);
  const name = t('canvas.noteWrite');
  return (
    <>
      <NodeResizer
        minWidth={leastWidth}
        minHeight={noteSide.min}
        maxWidth={noteSide.max}
        maxHeight={noteSide.max}
      />
      <NodeToolbar isVisible={alone} position={Position.Top} className="note-tools" style={{ zIndex: over }}>
        <Swatches
          color={note.color ?? noteColors[0]}
          paint={(color) => store.apply(paint(store.flow, [id], color))}
        />
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          aria-label={name}
          title={name}
          onClick={() => store.editNote(id)}
        />
      </NodeToolbar>
    </>
  );
}

/** The text of a note while it is written; what is typed is there at once, and one step. */
function Pen({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const close = (event: KeyboardEvent) => {
    const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    if (!done || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
    store.editNote(undefined);
  };
  return (
    <Input.TextArea
      autoFocus
      variant="borderless"
      className="note-pen nodrag nopan nowheel"
      aria-label={t('canvas.noteText')}
      placeholder={t('form.markdown')}
      {...upTo(longestNote)}
      value={text}
      onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
      onChange={({ target }) => store.apply(write(store.flow, id, target.value))}
      onKeyDown={close}
      onBlur={() => store.editNote(undefined)}
    />
  );
}
