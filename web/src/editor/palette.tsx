import { type MouseEvent, memo, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { noteSize } from '../../../lib/flow/notes.ts';
import { nodeTypes } from '../../../lib/nodes/index.ts';
import { faceGroups } from '../../../lib/nodes/node.ts';
import { NodeIcon, NoteIcon } from '../canvas/nodeicon.tsx';
import { measure, type Point, type Size } from '../document/geometry.ts';
import { HoverTooltip } from '../shell/hovertooltip.tsx';
import { useNames } from '../words/naming.ts';
import { isSecondStart } from './addtools.ts';
import { useCanvasElement } from './canvaselement.ts';
import { useDocumentStore, useEditorState } from './documentstore.ts';
import { useModuleSearch } from './modulesearch.ts';
import type { Tools } from './tools.ts';

/** How far a press must go to be a drag, in pixels. */
const slack = 5;

/** The modules, and below them the note, to be dragged onto the canvas or added by a click; typing narrows them down. */
export const Palette = memo(function Palette({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  const { find, load } = useModuleSearch();
  const [query, setQuery] = useState('');
  const isSought = query.trim() !== '';
  const hits = isSought ? find(query) : [];
  const withNote = t('canvas.note').toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
  const addFirst = () => {
    const [first] = hits;
    if (first === undefined && !withNote) return;
    setQuery('');
    if (first === undefined) tools.addNote();
    else tools.addNext(first);
  };
  return (
    <nav className="palette" aria-label={t('canvas.modules')}>
      <h2>{t('canvas.modules')}</h2>
      <PaletteSearch {...{ query, setQuery, load }} enter={addFirst} />
      {isSought ? <Hits types={hits} {...{ withNote, tools }} /> : <All tools={tools} />}
    </nav>
  );
});

interface PaletteSearchProps {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Is called before one types. */
  readonly load: () => void;
  /** Adds the first that is found. */
  readonly enter: () => void;
}

/** Enter adds the first hit; Escape empties the field, and leaves it if it is empty. */
function PaletteSearch({ query, setQuery, load, enter }: PaletteSearchProps) {
  const { t } = useTranslation();
  return (
    <input
      type="search"
      className="typed palette-search"
      aria-label={t('canvas.searchModules')}
      placeholder={t('canvas.search')}
      autoComplete="off"
      value={query}
      onFocus={load}
      onChange={({ target }) => setQuery(target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && query.trim() !== '') enter();
        else if (event.key !== 'Escape') return;
        else if (query === '') event.currentTarget.blur();
        else setQuery('');
        event.preventDefault();
      }}
    />
  );
}

interface HitsProps {
  readonly types: readonly string[];
  readonly withNote: boolean;
  readonly tools: Tools;
}

/** What a search finds, the best first. */
function Hits({ types, withNote, tools }: HitsProps) {
  const { t } = useTranslation();
  const count = types.length + (withNote ? 1 : 0);
  return (
    <>
      <p role="status">{count === 0 ? t('canvas.nothingFound') : t('canvas.modulesFound', { count })}</p>
      {types.map((type) => (
        <Module key={type} type={type} tools={tools} />
      ))}
      {withNote ? <NoteItem tools={tools} /> : null}
    </>
  );
}

function All({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  return (
    <>
      {faceGroups.map((group) => (
        <section key={group} aria-label={t(`canvas.groups.${group}`)}>
          <h3>{t(`canvas.groups.${group}`)}</h3>
          {nodeTypes
            .filter(({ face }) => face.group === group)
            .map(({ type }) => (
              <Module key={type} type={type} tools={tools} />
            ))}
        </section>
      ))}
      <hr />
      <NoteItem tools={tools} />
      <p>{t('canvas.addHint')}</p>
    </>
  );
}

function NoteItem({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  return (
    <Item
      kind="note"
      face={<NoteIcon />}
      name={t('canvas.note')}
      about={t('canvas.noteAbout')}
      size={noteSize({})}
      add={() => tools.addNote()}
      addAt={(at) => tools.addNote(at)}
      tools={tools}
    />
  );
}

interface ModuleProps {
  readonly type: string;
  readonly tools: Tools;
}

function Module({ type, tools }: ModuleProps) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const once = useEditorState(() => isSecondStart(store, type));
  return (
    <Item
      kind={type}
      face={<NodeIcon type={type} />}
      name={names.type(type)}
      about={once ? t('canvas.startOnce') : names.about(type)}
      disabled={once}
      size={{ width: measure.width, height: measure.head }}
      add={() => tools.addNext(type)}
      addAt={(at) => tools.addAt(type, at)}
      tools={tools}
    />
  );
}

interface ItemProps {
  readonly kind: string;
  readonly face: ReactNode;
  readonly name: string;
  readonly about: string;
  readonly disabled?: boolean;
  /** What hangs at the pointer by its middle while it is carried. */
  readonly size: Size;
  readonly add: () => void;
  readonly addAt: (at: Point) => void;
  readonly tools: Tools;
}

function Item({ kind, face, name, about, disabled = false, ...carried }: ItemProps) {
  const { t } = useTranslation();
  const canvasElement = useCanvasElement();
  const { handlers, at } = useCarrying(carried);
  const ghost =
    at === undefined
      ? null
      : createPortal(
          <div className="ghost" style={{ left: at.x, top: at.y, width: measure.width }}>
            {face}
            <b>{name}</b>
          </div>,
          canvasElement.current?.closest('.editor') ?? document.body,
        );
  return (
    <HoverTooltip title={about} placement="right" delay={0.6}>
      <button
        type="button"
        className="palette-item"
        data-type={kind}
        aria-disabled={disabled}
        aria-label={t('canvas.add', { name })}
        // The reason is told then.
        {...(disabled ? { onClick: carried.add } : handlers)}
      >
        {face}
        {name}
        {ghost}
      </button>
    </HoverTooltip>
  );
}

/** Carries something from the palette to the canvas with the pointer; a press that does not move adds it where there is room. */
function useCarrying({ size, add, addAt, tools }: Pick<ItemProps, 'size' | 'add' | 'addAt' | 'tools'>) {
  const canvasElement = useCanvasElement();
  const from = useRef<{ x: number; y: number } | undefined>(undefined);
  const carried = useRef(false);
  const [at, setAt] = useState<{ x: number; y: number } | undefined>(undefined);

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLButtonElement>) {
      if (event.button !== 0) return;
      from.current = { x: event.clientX, y: event.clientY };
      carried.current = false;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove({ clientX: x, clientY: y }: PointerEvent) {
      if (from.current === undefined) return;
      if (Math.hypot(x - from.current.x, y - from.current.y) > slack) carried.current = true;
      if (carried.current) setAt({ x, y });
    },
    onPointerUp({ clientX: x, clientY: y }: PointerEvent) {
      from.current = undefined;
      setAt(undefined);
      if (!carried.current || !isOver(canvasElement.current, x, y)) return;
      const [left, top] = tools.drawingAt(x, y);
      addAt([left - size.width / 2, top - size.height / 2]);
    },
    onPointerCancel() {
      from.current = undefined;
      setAt(undefined);
    },
    onClick({ detail }: MouseEvent) {
      // The second click of a double click adds nothing more.
      if (!carried.current && detail < 2) add();
      carried.current = false;
    },
  };
  return { handlers, at };
}

function isOver(canvasElement: HTMLElement | null, x: number, y: number): boolean {
  return canvasElement !== null && document.elementsFromPoint(x, y).includes(canvasElement);
}
