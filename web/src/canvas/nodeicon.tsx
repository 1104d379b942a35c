import { FileTextOutlined } from '@ant-design/icons';
import { nodeType } from '../../../lib/nodes/index.ts';
import { iconOf } from './icons.ts';
import { toneOf } from './tones.ts';

/** The icon of a node type on a tile of its colour. */
export function NodeIcon({ type }: { type: string }) {
  const Icon = iconOf(nodeType(type)?.face.icon);
  return (
    <span className="face" style={{ ['--tone' as string]: toneOf(type) }} aria-hidden="true">
      <Icon />
    </span>
  );
}

/** The icon of a note on a tile of its usual colour. */
export function NoteIcon() {
  return (
    <span className="face is-note" aria-hidden="true">
      <FileTextOutlined />
    </span>
  );
}
