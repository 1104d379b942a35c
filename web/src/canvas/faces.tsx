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
import { toneOf } from './tones.ts';

/** How the canvas tells node types apart at a glance, beside their colours. */
const icons: Readonly<Record<string, ComponentType>> = {
  start: PhoneOutlined,
  play: SoundOutlined,
  branch: BranchesOutlined,
  transfer: CustomerServiceOutlined,
  end: PoweroffOutlined,
};

/** The icon of a node type on a tile of its colour. */
export function Face({ type }: { type: string }) {
  const Icon = (Object.hasOwn(icons, type) ? icons[type] : undefined) ?? AppstoreOutlined;
  return (
    <span className="face" style={{ background: toneOf(type) }} aria-hidden="true">
      <Icon />
    </span>
  );
}

/** The icon of a note on a tile of its usual colour. */
export function NoteFace() {
  return (
    <span className="face is-note" aria-hidden="true">
      <FileTextOutlined />
    </span>
  );
}
