import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { isKey } from '../../../lib/flow/events.ts';
import type { FlowNode } from '../../../lib/flow/flow.ts';
import { targetOf } from '../../../lib/flow/flow.ts';
import { measure, type Point, shapeOf } from '../document/geometry.ts';
import { labelOf } from '../document/ports.ts';
import { summaryOf } from '../document/summary.ts';
import { useNames } from '../words/naming.ts';
import { AddButton } from './addbutton.tsx';
import type { DrawnNode } from './drawing.ts';
import { FoldedCount } from './foldedcount.tsx';
import { inlet } from './handles.ts';
import { useHandleHover } from './hover.ts';
import { JumpTag } from './jump.tsx';
import type { Jump } from './jumps.ts';
import { type ExitTags, FarContext, type Tag, tonesOf } from './layer.ts';
import { NodeDescription } from './nodedescription.tsx';
import { NodeIcon } from './nodeicon.tsx';
import { ResourceNameContext } from './resourcename.ts';
import { ExitFlags, Tags } from './tags.tsx';
import { toneOf } from './tones.ts';
import './node.css';

/** A node on the canvas: its type, its text, and a named dot for every exit. */
export const Module = memo(function Module(props: NodeProps<DrawnNode>) {
  return useContext(FarContext) ? <Block {...props} /> : <Card {...props} />;
});

/** A node at a small zoom: a plain box, because thousands are drawn at once. */
function Block({ data: { node, tags, fold }, selected }: NodeProps<DrawnNode>) {
  const names = useNames();
  const { width, height } = shapeOf(node);
  const glyph = tags.find((tag) => tag.glyph !== undefined)?.glyph;
  return (
    <div
      className={`module is-far${selected ? ' is-selected' : ''}${fold === undefined ? '' : ' is-folded'}`}
      data-tone={tonesOf(tags)}
      title={names.node(node)}
      style={{ width, height, ['--tone' as string]: toneOf(node.type) }}
    >
      {glyph === undefined ? null : <b>{glyph}</b>}
    </div>
  );
}

function Card({ id, data, selected }: NodeProps<DrawnNode>) {
  const { t } = useTranslation();
  const names = useNames();
  const { node, tags, fold } = data;
  const lit = useHandleHover(id);
  const shape = shapeOf(node);
  const summary = summaryOf(node, useContext(ResourceNameContext));
  const name = names.node(node);
  return (
    <div
      className={`module${selected ? ' is-selected' : ''}${fold === undefined ? '' : ' is-folded'}`}
      data-type={node.type}
      data-tone={tonesOf(tags)}
      style={{ width: shape.width, height: shape.height, ['--tone' as string]: toneOf(node.type) }}
    >
      {shape.inlet ? (
        <Handle
          type="target"
          id={inlet}
          position={Position.Left}
          className={`dot dot-in${lit ? ' is-lit' : ''}`}
          style={at([0, measure.head / 2])}
          role="img"
          aria-label={t('canvas.inlet', { name })}
        />
      ) : null}
      <div className={`module-head${shape.single ? ' is-single' : ''}`}>
        <NodeIcon type={node.type} />
        <span className="module-name">
          <b title={name}>{name}</b>
          {name === names.type(node.type) ? null : <small>{names.type(node.type)}</small>}
        </span>
      </div>
      {summary === undefined ? null : (
        <p
          className={`module-text${summary === '' ? ' is-empty' : ''}${shape.lines === 1 ? ' is-line' : ''}`}
        >
          {summary || t('canvas.empty')}
        </p>
      )}
      {shape.rows.map((exit) => (
        <Outlet
          key={exit}
          id={id}
          node={node}
          exit={exit}
          single={shape.single}
          tags={tagsOf(data.exits, exit)}
          jump={data.jumps.find((each) => each.exit === exit)}
          place={shape.outlets[exit]}
        />
      ))}
      {shape.spare.map((exit) => (
        <Handle
          key={exit}
          type="source"
          id={exit}
          position={Position.Right}
          className="spare nodrag"
          data-tone={tonesOf(tagsOf(data.exits, exit))}
          style={at(shape.outlets[exit])}
          title={t('canvas.keysHint')}
          role="img"
          aria-label={t('canvas.outlet', { exit: names.exit(node.type, exit), name })}
        >
          {names.exit(node.type, exit)}
        </Handle>
      ))}
      <Tags tags={tags} />
      {fold === undefined ? null : <FoldedCount {...{ id, name, fold }} />}
      {node.description ? <NodeDescription name={name} text={node.description} /> : null}
    </div>
  );
}

interface OutletProps {
  readonly id: string;
  readonly node: FlowNode;
  readonly exit: string;
  readonly single: boolean;
  readonly tags: readonly Tag[];
  readonly jump: Jump | undefined;
  readonly place: Point | undefined;
}

function Outlet({ id, node, exit, single, tags, jump, place }: OutletProps) {
  const { t } = useTranslation();
  const names = useNames();
  const name = names.exit(node.type, exit);
  const label = labelOf(node, exit);
  const connected = targetOf(node, exit) !== undefined;
  const lit = useHandleHover(id, exit);
  return (
    <>
      <span
        className={`exit${single ? ' is-single' : ''}${lit ? ' is-lit' : ''}`}
        data-tone={tonesOf(tags)}
        style={{ top: place?.[1] ?? 0 }}
      >
        {jump === undefined || single ? null : <JumpTag jump={jump} />}
        {label === '' ? null : <span className="exit-label">{label}</span>}
        {isKey(exit) ? <kbd>{name}</kbd> : <span>{name}</span>}
      </span>
      <Handle
        type="source"
        id={exit}
        position={Position.Right}
        className={`dot dot-out${lit ? ' is-lit' : ''}${connected ? ' is-connected' : ''}`}
        style={at(place)}
        role="img"
        aria-label={t('canvas.outlet', { exit: name, name: names.node(node) })}
      />
      {connected ? null : <AddButton source={id} exit={exit} name={name} at={place ?? [0, 0]} />}
      {jump === undefined || !single ? null : <JumpTag jump={jump} />}
      <ExitFlags tags={tags} at={place ?? [0, 0]} />
    </>
  );
}

const none: readonly Tag[] = [];

function tagsOf(exits: readonly ExitTags[], exit: string): readonly Tag[] {
  return exits.length === 0 ? none : exits.flatMap((tags) => tags.get(exit) ?? []);
}

function at([x, y]: Point = [0, 0]) {
  return { left: x, top: y, right: 'auto', bottom: 'auto', transform: 'translate(-50%, -50%)' };
}
