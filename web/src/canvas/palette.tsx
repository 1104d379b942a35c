import { useReactFlow } from '@xyflow/react';
import { Tooltip } from 'antd';
import { type PointerEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { nodeTypes } from '../../../lib/nodes/index.ts';
import { useNames } from '../i18n/naming.ts';
import { isSecondStart } from './adding.ts';
import { useDesk, useFlow } from './desk.ts';
import { Face } from './faces.tsx';
import { measure } from './geometry.ts';
import type { Tools } from './tools.ts';

/** How far a press must go to be a drag, in pixels. */
const slack = 5;

/** The modules, to be dragged onto the canvas or added by a click. */
export function Palette({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  const names = useNames();
  const desk = useDesk();
  useFlow();
  return (
    <nav className="palette" aria-label={t('canvas.modules')}>
      <h2>{t('canvas.modules')}</h2>
      {nodeTypes.map(({ type }) => (
        <Item key={type} type={type} tools={tools} once={isSecondStart(desk, type)} name={names.type(type)} />
      ))}
      <p>{t('canvas.addHint')}</p>
    </nav>
  );
}

interface ItemProps {
  readonly type: string;
  readonly name: string;
  readonly tools: Tools;
  /** Whether the flow has the one node of this type that it may have. */
  readonly once: boolean;
}

function Item({ type, name, tools, once }: ItemProps) {
  const { t } = useTranslation();
  const names = useNames();
  const drag = useCarrying(type, tools);
  return (
    <Tooltip title={once ? t('canvas.startOnce') : names.about(type)} placement="right" mouseEnterDelay={0.6}>
      <button
        type="button"
        className="palette-item"
        data-type={type}
        aria-disabled={once}
        aria-label={t('canvas.add', { name })}
        {...(once ? {} : drag.handlers)}
      >
        <Face type={type} />
        {name}
        {drag.ghost}
      </button>
    </Tooltip>
  );
}

/** Carries a module from the palette to the canvas with the pointer; a press that does not move adds it next in line. */
function useCarrying(type: string, tools: Tools) {
  const names = useNames();
  const canvas = useReactFlow();
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
      if (!carried.current || !isOverBoard(x, y)) return;
      const place = canvas.screenToFlowPosition({ x, y });
      tools.addAt(type, [place.x - measure.width / 2, place.y - measure.head / 2]);
    },
    onPointerCancel() {
      from.current = undefined;
      setAt(undefined);
    },
    onClick() {
      if (!carried.current) tools.addNext(type);
      carried.current = false;
    },
  };
  const ghost =
    at === undefined
      ? null
      : createPortal(
          <div className="ghost" style={{ left: at.x, top: at.y, width: measure.width }}>
            <Face type={type} />
            <b>{names.type(type)}</b>
          </div>,
          document.querySelector('.editor') ?? document.body,
        );
  return { handlers, ghost };
}

function isOverBoard(x: number, y: number): boolean {
  return document.elementsFromPoint(x, y).some((element) => element.classList.contains('board'));
}
