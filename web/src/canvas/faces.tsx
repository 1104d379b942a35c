import {
  AppstoreOutlined,
  BranchesOutlined,
  CustomerServiceOutlined,
  FileTextOutlined,
  PhoneOutlined,
  PoweroffOutlined,
  SoundOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

/** How the canvas tells node types apart at a glance: an icon, and a colour that reads on light and dark. */
interface Face {
  readonly Icon: ComponentType;
  readonly tone: string;
}

const faces: Readonly<Record<string, Face>> = {
  start: { Icon: PhoneOutlined, tone: '#16a34a' },
  play: { Icon: SoundOutlined, tone: '#2f7de1' },
  branch: { Icon: BranchesOutlined, tone: '#8b5cf6' },
  transfer: { Icon: CustomerServiceOutlined, tone: '#d97310' },
  end: { Icon: PoweroffOutlined, tone: '#dc4a4a' },
};

const plain: Face = { Icon: AppstoreOutlined, tone: '#7b8190' };

/** The icon of a note on a tile of its usual colour. */
export function NoteFace() {
  return (
    <span className="face is-note" aria-hidden="true">
      <FileTextOutlined />
    </span>
  );
}

/** The colour of a node type. */
export function toneOf(type: string): string {
  return (Object.hasOwn(faces, type) ? faces[type] : plain)?.tone ?? plain.tone;
}

/** The icon of a node type on a tile of its colour. */
export function Face({ type }: { type: string }) {
  const { Icon, tone } = (Object.hasOwn(faces, type) ? faces[type] : undefined) ?? plain;
  return (
    <span className="face" style={{ background: tone }} aria-hidden="true">
      <Icon />
    </span>
  );
}
