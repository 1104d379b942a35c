import { EditOutlined } from '@ant-design/icons';
import { type NodeProps, NodeResizer, NodeToolbar, Position } from '@xyflow/react';
import { Button, Input } from 'antd';
import { type KeyboardEvent, memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { longestNote, type Note, noteColors, noteSide } from '../../../lib/flow/note.ts';
import { paint, write } from '../document/edits.ts';
import { useDesk, useSight } from '../editor/desk.ts';
import { Swatches } from '../editor/swatches.tsx';
import { upTo } from '../shell/length.ts';
import { Markdown } from '../words/markdown.tsx';
import type { DrawnNote } from './drawing.ts';
import { FarContext } from './node.tsx';
import { SignTag } from './sign.tsx';
import './note.css';

/** A sticky note on the canvas: what it says, and where it may be changed, the means to write on it, paint and stretch it. */
export const Sticky = memo(function Sticky({ id, data, selected, draggable }: NodeProps<DrawnNote>) {
  const desk = useDesk();
  const far = useContext(FarContext);
  const open = useSight(({ writing }) => writing === id) && draggable;
  const { note, sign } = data;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a note is opened by Enter, too
    <div
      className={`note${selected ? ' is-selected nowheel' : ''}`}
      data-color={note.color ?? noteColors[0]}
      data-sign={sign?.sign}
      onDoubleClick={({ currentTarget, target }) => {
        // What is done to its tools comes by here, too, though they stand elsewhere in the page.
        if (draggable && currentTarget.contains(target as Node)) desk.write(id);
      }}
    >
      {selected && draggable ? <Grips id={id} note={note} /> : null}
      {open ? <Pen id={id} text={note.text} /> : null}
      {open || far ? null : <Paper text={note.text} hint={draggable} />}
      {sign === undefined || far ? null : <SignTag sign={sign} />}
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

/** Tools lie over all that is on the canvas, though the note lies under it. */
const over = 1000;

/** The least width that a pointer can give a note, so that it can be read still. */
const leastWidth = 80;

function Grips({ id, note }: { id: string; note: Note }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const alone = useSight(({ selection }) => selection.nodes.size === 1);
  const name = t('canvas.noteWrite');
  return (
    <>
      <NodeResizer
        minWidth={leastWidth}
        minHeight={noteSide.least}
        maxWidth={noteSide.most}
        maxHeight={noteSide.most}
      />
      <NodeToolbar isVisible={alone} position={Position.Top} className="note-tools" style={{ zIndex: over }}>
        <Swatches
          color={note.color ?? noteColors[0]}
          paint={(color) => desk.act(paint(desk.flow, [id], color))}
        />
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          aria-label={name}
          title={name}
          onClick={() => desk.write(id)}
        />
      </NodeToolbar>
    </>
  );
}

/** The text of a note while it is written; what is typed is there at once, and one step. */
function Pen({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const close = (event: KeyboardEvent) => {
    const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    if (!done || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
    desk.write(undefined);
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
      onChange={({ target }) => desk.act(write(desk.flow, id, target.value))}
      onKeyDown={close}
      onBlur={() => desk.write(undefined)}
    />
  );
}
