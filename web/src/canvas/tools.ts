import { type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { App } from 'antd';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { nodeType } from '../../../lib/nodes/index.ts';
import { useNames } from '../i18n/naming.ts';
import { type Clip, copy, type Pasted, paste, readClip, sizeOf } from './clipboard.ts';
import { type Desk, useDesk } from './desk.ts';
import { add, connect, deletable, move, remove } from './edits.ts';
import { freePlace, gap, measure, type Point, placeOf, shapeOf } from './geometry.ts';
import { arrange } from './layout.ts';
import { freeExit } from './ports.ts';
import { stepText } from './steps.ts';
import { useSurroundings } from './surroundings.ts';
import { refusalOf, wiresOf } from './wires.ts';

/** An exit that waits for a node. */
export interface Loose {
  readonly source: string;
  readonly exit: string;
}

/** All that a key, a button or a menu can do to the drawing; each tells the user what cannot be seen. */
export interface Tools {
  undo(): void;
  redo(): void;
  arrange(): void;
  deleteSelection(): void;
  /** Gives the selection as text for the clipboard; undefined where nothing can be copied. */
  copySelection(): string | undefined;
  cutSelection(): string | undefined;
  /** Puts what was copied at the pointer, or into the middle of what is seen. */
  pasteText(text: string): void;
  duplicate(): void;
  selectAll(): void;
  nudge(by: Point): void;
  /** Adds a node where calls go on from the selected one, else into the middle of what is seen. */
  addNext(type: string): void;
  addAt(type: string, at: Point, from?: Loose): void;
  /** Connects, or says why not. */
  connect(source: string, exit: string, target: string): void;
  /** The exit that a new node would follow, and where it would stand. */
  next(): { readonly at: Point; readonly from?: Loose };
  /** Remembers where the pointer is, in pixels of the window. */
  point(x: number, y: number): void;
}

/** The tools of the editor around. */
export function useTools(): Tools {
  const desk = useDesk();
  const canvas = useReactFlow();
  const { t } = useTranslation();
  const names = useNames();
  const { message } = App.useApp();
  const { groups, mayEdit } = useSurroundings();
  const pointer = useRef<{ x: number; y: number } | undefined>(undefined);

  return useMemo(() => {
    const middle = (): Point => {
      const box = document.querySelector('.board')?.getBoundingClientRect();
      const at = canvas.screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      });
      return [at.x - measure.width / 2, at.y - measure.head];
    };
    const say = (text: string) => void message.info({ content: text, key: 'canvas', duration: 3 });
    const warn = (text: string) => void message.warning({ content: text, key: 'canvas', duration: 4 });

    function put(clip: Clip, at: Point, did: 'paste' | 'duplicate') {
      const pasted = paste(desk.flow, clip, freePlace(desk.flow, at, sizeOf(clip)), did);
      desk.act(pasted);
      const told = report(pasted);
      if (told !== '') warn(told);
    }

    function report({ lost, left, flow, select = [] }: Pasted): string {
      const known = new Set(groups.map(({ id }) => id));
      const wanted = select.flatMap((id) => {
        const group = nodeOf(flow, id)?.skillGroup;
        return typeof group === 'string' && groups.length > 0 && !known.has(group) ? [group] : [];
      });
      return [
        lost.length > 0 ? t('canvas.lost', { count: lost.length }) : '',
        left.length > 0 ? t('canvas.left') : '',
        wanted.length > 0 ? t('canvas.unknownGroups', { names: [...new Set(wanted)].join(' ') }) : '',
      ]
        .filter(Boolean)
        .join(' ');
    }

    const tools: Tools = {
      undo() {
        const step = desk.undo();
        if (step !== undefined) say(t('canvas.undone', { step: stepText(t, names, step) }));
      },
      redo() {
        const step = desk.redo();
        if (step !== undefined) say(t('canvas.redone', { step: stepText(t, names, step) }));
      },
      arrange() {
        const board = document.querySelector('.board');
        board?.classList.add('is-moving');
        desk.act(arrange(desk.flow));
        setTimeout(() => board?.classList.remove('is-moving'), 400);
        void canvas.fitView({ duration: 300, maxZoom: 1, padding: 0.15 });
      },
      deleteSelection() {
        const { nodes, wires } = desk.sight().selection;
        if ([...nodes].some((id) => !deletable(desk.flow, id))) warn(t('canvas.startStays'));
        const chosen = wiresOf(desk.flow).filter(({ id }) => wires.has(id));
        desk.act(remove(desk.flow, [...nodes], chosen));
      },
      copySelection() {
        const clip = copy(desk.flow, desk.selected);
        if (clip === undefined) return undefined;
        say(t('canvas.copied', { count: Object.keys(clip.nodes).length }));
        return JSON.stringify(clip, undefined, 2);
      },
      cutSelection() {
        const text = tools.copySelection();
        if (text !== undefined) desk.act(remove(desk.flow, desk.selected, [], 'cut'));
        return text;
      },
      pasteText(text) {
        const clip = readClip(text);
        if (clip === undefined) return say(t('canvas.notClip'));
        const at = pointer.current === undefined ? undefined : canvas.screenToFlowPosition(pointer.current);
        put(clip, at === undefined ? middle() : [at.x, at.y], 'paste');
      },
      duplicate() {
        const clip = copy(desk.flow, desk.selected);
        if (clip === undefined) return;
        const places = Object.values(clip.layout);
        const left = Math.min(...places.map(([x]) => x));
        const top = Math.min(...places.map(([, y]) => y));
        put(clip, [left + 40, top + 40], 'duplicate');
      },
      selectAll: () => desk.select(Object.keys(desk.flow.nodes)),
      nudge([dx, dy]) {
        const ids = desk.selected;
        const places = ids.map((id): [string, Point] => {
          const [x, y] = placeOf(desk.flow, id);
          return [id, [x + dx, y + dy]];
        });
        desk.act({ ...move(desk.flow, places), merge: `nudge ${ids.join(' ')}` });
      },
      addAt(type, at, from) {
        if (!mayEdit || isSecondStart(desk, type)) return;
        const edit = add(desk.flow, type, at, from);
        desk.act(edit);
        for (const id of edit.select ?? []) reveal(canvas, edit.flow, id);
      },
      addNext(type) {
        const { at, from } = tools.next();
        tools.addAt(type, at, from);
      },
      connect(source, exit, target) {
        const refusal = refusalOf(desk.flow, source, target);
        if (refusal !== undefined) return warn(t(`canvas.refused.${refusal}`));
        desk.act(connect(desk.flow, source, exit, target));
      },
      next() {
        const [id] = desk.selected;
        const node = id === undefined || desk.selected.length > 1 ? undefined : nodeOf(desk.flow, id);
        if (id === undefined || node === undefined) return { at: middle() };
        const [x, y] = placeOf(desk.flow, id);
        const at: Point = [x + measure.width + gap[0], y];
        const exit = freeExit(node);
        return { at, ...(exit === undefined ? {} : { from: { source: id, exit } }) };
      },
      point(x, y) {
        pointer.current = { x, y };
      },
    };
    return tools;
  }, [desk, canvas, t, names, message, groups, mayEdit]);
}

/** Brings a node into view that stands outside it, once the panel that opens for it has taken its room. */
function reveal(canvas: ReactFlowInstance, flow: Flow, id: string): void {
  requestAnimationFrame(() => {
    const box = document.querySelector('.board')?.getBoundingClientRect();
    const node = nodeOf(flow, id);
    if (box === undefined || node === undefined) return;
    const [x, y] = placeOf(flow, id);
    const { width, height } = shapeOf(node);
    const { x: left, y: top } = canvas.flowToScreenPosition({ x, y });
    const { x: right, y: bottom } = canvas.flowToScreenPosition({ x: x + width, y: y + height });
    if (left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom) return;
    void canvas.setCenter(x + width / 2, y + height / 2, { zoom: canvas.getZoom(), duration: 200 });
  });
}

/** Whether a type is the one where calls begin, and the flow has such a node. */
export function isSecondStart(desk: Desk, type: string): boolean {
  if (nodeType(type)?.begins !== true) return false;
  return Object.values(desk.flow.nodes).some((node) => nodeType(node.type)?.begins === true);
}
