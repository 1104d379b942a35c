import {
  AlignLeftOutlined,
  CloseOutlined,
  ColumnWidthOutlined,
  CopyOutlined,
  DeleteOutlined,
  LineHeightOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons';
import { Button, Space } from 'antd';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { noteColors } from '../../../lib/flow/note.ts';
import { noteAt } from '../../../lib/flow/notes.ts';
import { NodeIcon } from '../canvas/nodeicon.tsx';
import { paint } from '../document/edits.ts';
import type { FocusTarget } from '../document/store.ts';
import { deletable, kindOf } from '../document/things.ts';
import { align } from '../layout/layout.ts';
import { HoverTooltip } from '../shell/hovertooltip.tsx';
import { useNames } from '../words/naming.ts';
import { useDocumentStore, useEditorState, useFlow, useNode } from './documentstore.ts';
import { useEditorContext } from './editorcontext.ts';
import { FlowForm } from './form/flow.tsx';
import { NodeForm } from './form/node.tsx';
import { Swatches } from './swatches.tsx';
import type { Tools } from './tools.ts';

interface PanelProps {
  readonly tools: Tools;
  /** Whether the flow's own settings are shown while no node is selected. */
  readonly flowOpen: boolean;
  readonly setFlowOpen: (open: boolean) => void;
}

/** The settings of what is selected: one node, several, or the flow itself. */
export const Panel = memo(function Panel({ tools, flowOpen, setFlowOpen }: PanelProps) {
  const store = useDocumentStore();
  const { t } = useTranslation();
  const names = useNames();
  const { mayEdit } = useEditorContext();
  const selected = useEditorState(({ selection }) => selection.nodes);
  const [only] = selected;
  const id = selected.size === 1 ? only : undefined;
  const node = useNode(id);
  if (node !== undefined && id !== undefined) {
    const title = (
      <>
        <NodeIcon type={node.type} />
        <span>
          {names.type(node.type)}
          <small>{names.about(node.type)}</small>
        </span>
      </>
    );
    return (
      <Frame
        key={id}
        node={id}
        title={title}
        close={() => store.select([])}
        tools={mayEdit && deletable(store.flow, id) ? <NodeTools tools={tools} /> : null}
      >
        <NodeForm id={id} tools={tools} />
      </Frame>
    );
  }
  if (selected.size > 1) {
    const modules = [...selected].every((each) => kindOf(each) === 'node');
    return (
      <Frame
        title={t(modules ? 'form.selected' : 'form.selectedThings', { count: selected.size })}
        close={() => store.select([])}
      >
        {mayEdit ? <SeveralTools tools={tools} /> : null}
      </Frame>
    );
  }
  if (!flowOpen) return null;
  return (
    <Frame title={t('form.flow')} close={() => setFlowOpen(false)}>
      <FlowForm />
    </Frame>
  );
});

/** The spots that the focus was put on: each asks once. */
const met = new WeakSet<FocusTarget>();

interface FrameProps {
  /** The node whose form it is. */
  readonly node?: string;
  readonly title: ReactNode;
  readonly tools?: ReactNode;
  readonly close: () => void;
  readonly children: ReactNode;
}

function Frame({ node, title, tools, close, children }: FrameProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const frame = useRef<HTMLElement>(null);
  const target = useEditorState((state) => state.focusTarget);
  useEffect(() => {
    if (frame.current === null || target === undefined || target.node !== node || met.has(target)) return;
    met.add(target);
    if (target.field !== undefined) focusOn(frame.current, target.field);
    else if (target.inside === true) {
      frame.current.querySelector<HTMLElement>('.panel-body :is(input, textarea, button)')?.focus();
    }
  }, [target, node]);
  return (
    <aside className={mayEdit ? 'panel' : 'panel is-read'} ref={frame}>
      <header>
        <h2>{title}</h2>
        {tools}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('canvas.close')} onClick={close} />
      </header>
      <div className="panel-body">{children}</div>
    </aside>
  );
}

/** Puts the focus on the control of a field, or of the nearest part of it that has one. */
function focusOn(frame: HTMLElement, field: string): void {
  for (let name = field; name !== ''; name = name.slice(0, Math.max(name.lastIndexOf('.'), 0))) {
    const found = frame.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (found === null) continue;
    found.scrollIntoView({ block: 'center' });
    // Where one writes, rather than the switch before it.
    (
      found.querySelector<HTMLElement>('textarea') ?? found.querySelector<HTMLElement>('input, button')
    )?.focus();
    return;
  }
}

function NodeTools({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  return (
    <>
      <HoverTooltip title={t('canvas.duplicate')}>
        <Button
          type="text"
          icon={<CopyOutlined />}
          aria-label={t('canvas.duplicate')}
          onClick={() => tools.duplicate()}
        />
      </HoverTooltip>
      <HoverTooltip title={t('canvas.delete')}>
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('canvas.delete')}
          onClick={() => tools.deleteSelection()}
        />
      </HoverTooltip>
    </>
  );
}

const sides = [
  { side: 'left', key: 'form.alignLeft', icon: <AlignLeftOutlined /> },
  { side: 'top', key: 'form.alignTop', icon: <VerticalAlignTopOutlined /> },
  { side: 'row', key: 'form.alignRow', icon: <ColumnWidthOutlined /> },
  { side: 'column', key: 'form.alignColumn', icon: <LineHeightOutlined /> },
] as const;

function SeveralTools({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const flow = useFlow();
  const colors = new Set(
    store.selected.flatMap((id) => {
      const note = noteAt(flow, id);
      return note === undefined ? [] : [note.color ?? noteColors[0]];
    }),
  );
  const [color, another] = colors;
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      {color === undefined ? null : (
        <Swatches
          color={another === undefined ? color : undefined}
          paint={(next) => store.apply(paint(store.flow, store.selected, next))}
        />
      )}
      {sides.map(({ side, key, icon }) => (
        <Button
          key={side}
          block
          icon={icon}
          onClick={() => store.applyMove(align(store.flow, store.selected, side), store.selected)}
        >
          {t(key)}
        </Button>
      ))}
      <Button block icon={<CopyOutlined />} onClick={() => tools.duplicate()}>
        {t('canvas.duplicate')}
      </Button>
      <Button block danger icon={<DeleteOutlined />} onClick={() => tools.deleteSelection()}>
        {t('canvas.delete')}
      </Button>
    </Space>
  );
}
