import {
  ApiOutlined,
  AppstoreOutlined,
  AudioOutlined,
  BranchesOutlined,
  ClockCircleOutlined,
  CustomerServiceOutlined,
  EditOutlined,
  ExportOutlined,
  FieldNumberOutlined,
  FilterOutlined,
  MessageOutlined,
  PartitionOutlined,
  PhoneOutlined,
  PoweroffOutlined,
  RollbackOutlined,
  SoundOutlined,
  TranslationOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

/** The icons of node types, by the names that the types give. */
export const icons: Readonly<Record<string, ComponentType>> = {
  api: ApiOutlined,
  branches: BranchesOutlined,
  clock: ClockCircleOutlined,
  edit: EditOutlined,
  export: ExportOutlined,
  filter: FilterOutlined,
  number: FieldNumberOutlined,
  headset: CustomerServiceOutlined,
  message: MessageOutlined,
  partition: PartitionOutlined,
  phone: PhoneOutlined,
  voicemail: AudioOutlined,
  power: PoweroffOutlined,
  rollback: RollbackOutlined,
  sound: SoundOutlined,
  translation: TranslationOutlined,
};

/** The icon of a name; a plain one for a name that is not known. */
export function iconOf(name: string | undefined): ComponentType {
  return (name !== undefined && Object.hasOwn(icons, name) ? icons[name] : undefined) ?? AppstoreOutlined;
}
