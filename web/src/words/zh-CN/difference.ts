import type { difference as original } from '../en-US/difference.ts';
import type { Words } from '../words.ts';

/** The differences between two documents, in sentences. */
export const difference: Words<typeof original> = {
  nothing: '没有修改',
  added: '添加了{{what}}',
  removed: '删除了{{what}}',
  head: '流程：{{field}}由{{before}}改为{{after}}',
  waived: '流程：豁免 {{waivers}}',
  unwaived: '流程：不再豁免 {{waivers}}',
  setting: '{{what}}：{{field}}由{{before}}改为{{after}}',
  says: '{{what}}的放音由{{before}}改为{{after}}',
  set: '{{what}}：{{field}}设为{{after}}',
  unset: '{{what}}：删除了{{field}}，原为{{before}}',
  exit: '{{what}}：{{exit}}由{{before}}改接到{{after}}',
  connected: '{{what}}：{{exit}}连接到{{after}}',
  disconnected: '{{what}}：{{exit}}不再连接到{{before}}',
  key: '按键{{key}}',
  moved: '{{count}} 个模块移动了位置（仅布局）',
  noteWritten: '{{what}}的内容由{{before}}改为{{after}}',
  notePainted: '{{what}}换了颜色',
  notesMoved: '{{count}} 张便签移动了位置或改变了大小（仅布局）',
  none: '空',
};
