import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FlowNode, targetOf } from '../../../lib/flow/flow.ts';
import { NodeIcon } from '../canvas/nodeicon.tsx';
import { type Line, outlineOf } from '../document/outline.ts';
import { labelOf } from '../document/ports.ts';
import { summaryOf } from '../document/summary.ts';
import { useNames } from '../words/naming.ts';
import { useDocumentStore, useEditorState, useFlow } from './documentstore.ts';
import { useEditorContext, useProblems } from './editorcontext.ts';
import type { Tools } from './tools.ts';
import './outline.css';

interface OutlineProps {
  readonly tools: Tools;
  /** Asks which module to add after an exit. */
  readonly add: (source: string, exit: string) => void;
  /** Asks where an exit of a node shall lead. */
  readonly connect: (node: string) => void;
}

/** The flow as a list, in the order in which calls go through it: it is read, opened, connected, added to and deleted from here. */
export function Outline({ tools, add, connect }: OutlineProps) {
  const { t } = useTranslation();
  const flow = useFlow();
  const lines = useMemo(() => outlineOf(flow), [flow]);
  return (
    <ol className="outline" aria-label={t('canvas.outline')}>
      {lines.map((line) => (
        <OutlineNode key={line.id} {...{ line, tools, add, connect }} />
      ))}
    </ol>
  );
}

function OutlineNode({ line, tools, add, connect }: OutlineProps & { readonly line: Line }) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const { mayEdit } = useEditorContext();
  const problems = useProblems();
  const isSelected = useEditorState(({ selection }) => selection.nodes.has(line.id));
  const { id, node, depth, isReached } = line;
  const faults = problems.filter((problem) => problem.node === id).length;
  const name = names.node(node);
  const type = names.type(node.type);
  return (
    <li style={{ paddingLeft: `calc(${Math.min(depth, 12)} * var(--indent))` }}>
      <div className="outline-node">
        <button type="button" aria-current={isSelected} data-outline={id} onClick={() => tools.open(id)}>
          <NodeIcon type={node.type} />
          <b>{name}</b>
          {name === type ? null : <small>{type}</small>}
          <span className="outline-text">{summaryOf(node)}</span>
        </button>
        {isReached ? null : <small className="is-warning">{t('canvas.unreached')}</small>}
        {faults === 0 ? null : <small className="is-error">{t('canvas.faults', { count: faults })}</small>}
        {mayEdit ? (
          <>
            <Button size="small" type="text" onClick={() => connect(id)}>
              {t('canvas.connect')}
            </Button>
            <Button
              size="small"
              type="text"
              onClick={() => {
                store.select([id]);
                tools.deleteSelection();
              }}
            >
              {t('canvas.delete')}
            </Button>
          </>
        ) : null}
      </div>
      <ul>
        {line.exits.map((exit) => (
          <OutlineExit key={exit} {...{ id, node, exit, tools }} add={() => add(id, exit)} />
        ))}
      </ul>
    </li>
  );
}

interface OutlineExitProps {
  readonly id: string;
  readonly node: FlowNode;
  readonly exit: string;
  readonly tools: Tools;
  readonly add: () => void;
}

function OutlineExit({ node, exit, tools, add }: OutlineExitProps) {
  const { t } = useTranslation();
  const names = useNames();
  const flow = useFlow();
  const { mayEdit } = useEditorContext();
  const target = targetOf(node, exit);
  const label = labelOf(node, exit);
  return (
    <li>
      <span>
        <kbd>{names.exit(node.type, exit)}</kbd> {label}
      </span>
      {target === undefined ? (
        mayEdit ? (
          <Button size="small" type="dashed" onClick={add}>
            {t('canvas.addHere')}
          </Button>
        ) : null
      ) : (
        <button type="button" className="outline-way" onClick={() => tools.open(target)}>
          → {names.nodeAt(flow, target)}
        </button>
      )}
    </li>
  );
}
