import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { isKey } from '../../../lib/flow/events.ts';
import type { FlowNode } from '../../../lib/flow/flow.ts';
import { targetOf } from '../../../lib/flow/flow.ts';
import { measure, type Point, shapeOf } from '../document/geometry.ts';
import { labelOf } from '../document/ports.ts';
import { summaryOf } from '../document/summary.ts';
import { useNames } from '../words/naming.ts';
import { About } from './about.tsx';
import { type DrawnNode, inlet, type Mark } from './drawing.ts';
import { Face } from './faces.tsx';
import { useDotLight } from './light.ts';
import { SignTag, signGlyphs } from './sign.tsx';
import { toneOf } from './tones.ts';
import './node.css';

/** Whether the canvas is seen from so far that nothing on it can be read. */
export const FarContext = createContext(false);

/** A node on the canvas: what it is, what it says, and a named dot for every way out. */
export const Module = memo(function Module(props: NodeProps<DrawnNode>) {
  return useContext(FarContext) ? <Block {...props} /> : <Card {...props} />;
});

/** A node from afar: thousands of these are drawn at once, so it has no parts. */
function Block({ data: { node, mark, sign }, selected }: NodeProps<DrawnNode>) {
  const { width, height } = shapeOf(node);
  const classes = ['module', 'is-far', selected ? 'is-selected' : '', mark?.errors ? 'is-faulty' : ''];
  return (
    <div
      className={classes.join(' ')}
      data-sign={sign?.sign}
      style={{ width, height, ['--tone' as string]: toneOf(node.type) }}
    >
      {sign === undefined ? null : <b>{signGlyphs[sign.sign]}</b>}
    </div>
  );
}

function Card({ id, data, selected }: NodeProps<DrawnNode>) {
  const { t } = useTranslation();
  const names = useNames();
  const { node, mark, sign } = data;
  const lit = useDotLight(id);
  const shape = shapeOf(node);
  const summary = summaryOf(node);
  const name = names.node(node);
  return (
    <div
      className={`module${selected ? ' is-selected' : ''}`}
      data-type={node.type}
      data-sign={sign?.sign}
      style={{ width: shape.width, height: shape.height, ['--tone' as string]: toneOf(node.type) }}
    >
      {shape.inlet ? (
        <Handle
          type="target"
          id={inlet}
          position={Position.Left}
          className={`dot dot-in${lit ? ' is-lit' : ''}`}
          style={at([0, measure.head / 2])}
          aria-label={t('canvas.inlet', { name })}
        />
      ) : null}
      <div className={`module-head${shape.single ? ' is-single' : ''}`}>
        <Face type={node.type} />
        <span className="module-name">
          <b>{name}</b>
          {name === names.type(node.type) ? null : <small>{names.type(node.type)}</small>}
        </span>
      </div>
      {summary === undefined ? null : (
        <p className={`module-text${summary === '' ? ' is-empty' : ''}`}>{summary || t('canvas.empty')}</p>
      )}
      {shape.rows.map((exit) => (
        <Outlet
          key={exit}
          id={id}
          node={node}
          exit={exit}
          single={shape.single}
          changed={sign?.exits.includes(exit) === true}
          place={shape.outlets[exit]}
        />
      ))}
      {shape.spare.map((exit) => (
        <Handle
          key={exit}
          type="source"
          id={exit}
          position={Position.Right}
          className={`spare nodrag${sign?.exits.includes(exit) ? ' is-changed' : ''}`}
          style={at(shape.outlets[exit])}
          title={t('canvas.keysHint')}
          aria-label={t('canvas.outlet', { exit: names.exit(node.type, exit), name })}
        >
          {names.exit(node.type, exit)}
        </Handle>
      ))}
      <Badge mark={mark} />
      {node.description ? <About name={name} text={node.description} /> : null}
      {sign === undefined ? null : <SignTag type={node.type} sign={sign} />}
    </div>
  );
}

interface OutletProps {
  readonly id: string;
  readonly node: FlowNode;
  readonly exit: string;
  readonly single: boolean;
  /** Whether it leads elsewhere in the document that this one is compared with. */
  readonly changed: boolean;
  readonly place: Point | undefined;
}

function Outlet({ id, node, exit, single, changed, place }: OutletProps) {
  const { t } = useTranslation();
  const names = useNames();
  const name = names.exit(node.type, exit);
  const label = labelOf(node, exit);
  const connected = targetOf(node, exit) !== undefined;
  const lit = useDotLight(id, exit);
  return (
    <>
      <span
        className={`exit${single ? ' is-single' : ''}${changed ? ' is-changed' : ''}${lit ? ' is-lit' : ''}`}
        style={{ top: place?.[1] ?? 0 }}
      >
        {label === '' ? null : <span className="exit-label">{label}</span>}
        {isKey(exit) ? <kbd>{name}</kbd> : <span>{name}</span>}
      </span>
      <Handle
        type="source"
        id={exit}
        position={Position.Right}
        className={`dot dot-out${lit ? ' is-lit' : ''}${connected ? ' is-connected' : ''}`}
        style={at(place)}
        aria-label={t('canvas.outlet', { exit: name, name: names.node(node) })}
      />
    </>
  );
}

function Badge({ mark }: { mark: Mark | undefined }) {
  const { t } = useTranslation();
  if (mark === undefined) return null;
  const title = t('canvas.problemCount', { ...mark });
  return (
    <span
      className={`badge ${mark.errors > 0 ? 'is-error' : 'is-warning'}`}
      title={title}
      role="img"
      aria-label={title}
    >
      {mark.errors > 0 ? <CloseCircleFilled /> : <WarningFilled />}
    </span>
  );
}

function at([x, y]: Point = [0, 0]) {
  return { left: x, top: y, right: 'auto', bottom: 'auto', transform: 'translate(-50%, -50%)' };
}
