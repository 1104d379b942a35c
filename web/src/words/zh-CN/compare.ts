import type { compare as original } from '../en-US/compare.ts';
import type { Words } from '../words.ts';

/** Two documents side by side. */
export const compare: Words<typeof original> = {
  title: '对比“{{name}}”',
  sideBySide: '并排对比',
  before: '修改前',
  after: '修改后',
  version: 'v{{version}}',
  canvas: '当前画布',
  draft: '草稿',
  base: '双方修改前',
  theirs: '{{who}} 保存的',
  mine: '我的',
  swap: '左右互换',
  hideMoves: '忽略位置移动',
  previous: '上一处修改',
  next: '下一处修改',
  total: '共 {{count}} 处修改',
  place: '第 {{index}} 处，共 {{count}} 处',
  retry: '重试',
  changes: '修改',
  added: '添加',
  removed: '删除',
  changed: '修改',
  moved: '移动',
  parts: '{{what}}：{{parts}}',
  comma: '、',
};
