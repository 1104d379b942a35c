import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { Point } from '../document/geometry.ts';
import type { Tag } from './layer.ts';
import './layer.css';

/** The tags of a node or a note: a badge for what is wrong with it, and a flag for each tag with words. */
export function Tags({ tags }: { tags: readonly Tag[] }) {
  return tags.map((tag) => {
    if (tag.tone === 'error' || tag.tone === 'warning') return <Badge key={tag.tone} tag={tag} />;
    return tag.text === undefined ? null : <Flag key={tag.tone} tag={tag} />;
  });
}

function Badge({ tag: { tone, title } }: { tag: Tag }) {
  return (
    <span className={`badge is-${tone}`} title={title} role="img" aria-label={title}>
      {tone === 'error' ? <CloseCircleFilled /> : <WarningFilled />}
    </span>
  );
}

function Flag({ tag: { tone, glyph, text, title } }: { tag: Tag }) {
  return (
    <span className="flag" data-tone={tone} title={title ?? text}>
      {glyph === undefined ? null : <b aria-hidden="true">{glyph}</b>} {text}
    </span>
  );
}

/** The words of an exit's tags, outside the node, above where its wire begins. */
export function ExitFlags({ tags, at: [x, y] }: { tags: readonly Tag[]; at: Point }) {
  return tags.map(({ tone, text, title }) =>
    text === undefined ? null : (
      <span key={tone} className="exit-flag" data-tone={tone} style={{ left: x, top: y }} title={title}>
        {text}
      </span>
    ),
  );
}

/** The glyph of a wire's tag, on its middle. */
export function WireGlyph({ tag: { tone, glyph, title }, at: [x, y] }: { tag: Tag; at: Point }) {
  if (glyph === undefined) return null;
  return (
    <g className="wire-glyph" data-tone={tone} transform={`translate(${x} ${y})`}>
      {title === undefined ? null : <title>{title}</title>}
      <circle r={9} />
      <text dy={5}>{glyph}</text>
    </g>
  );
}
