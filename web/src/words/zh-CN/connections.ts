import type { connections as original } from '../en-US/connections.ts';
import type { Words } from '../words.ts';

/** The page of connections: the services that flows can request. */
export const connections: Words<typeof original> = {
  title: '接口连接',
  about: '流程可以请求的 HTTP 服务。',
  add: '新建连接',
  none: '还没有接口连接',
  edit: '编辑',
  save: '保存',
  saved: '“{{name}}”已保存。',
  remove: '删除',
  removed: '“{{name}}”已删除。',
  url: '地址',
  headers: '请求头，每行一个；… 表示保留原值',
  headerTwice: '请求头 {{header}} 出现了两次，请只保留一个。',
  usedBy: '使用的流程：',
  unused: '没有流程使用。',
  try: '试一试',
  method: '方法',
  path: '路径',
  body: '内容（JSON）',
  status: '状态 {{status}}',
  bodyNotJson: '请求正文不是 JSON：请更正，或留空。',
  noJson: '返回内容不是 JSON。',
  pointers: '点击一个值，复制其位置：',
  copied: '{{pointer}} 已复制：填入接口请求的“位置”。',
};
