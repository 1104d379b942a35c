import type { history as original } from '../en-US/history.ts';
import type { Words } from '../words.ts';

export const history: Words<typeof original> = {
  several: '{{count}} 个模块',
  severalWires: '{{count}} 条连线',
  severalNotes: '{{count}} 张便签',
  severalThings: '{{count}} 项',
  add: '添加{{what}}',
  connect: '连接{{what}}',
  reconnect: '改接{{what}}',
  disconnect: '断开{{what}}',
  move: '移动{{what}}',
  set: '修改{{what}}的{{field}}',
  rename: '重命名{{what}}',
  head: '修改流程的{{field}}',
  delete: '删除{{what}}',
  cut: '剪切{{what}}',
  paste: '粘贴{{what}}',
  duplicate: '复制{{what}}',
  arrange: '自动布局',
  align: '对齐{{what}}',
  write: '编辑{{what}}的内容',
  paint: '更改{{what}}的颜色',
  resize: '调整{{what}}的大小',
  json: '编辑 JSON',
  restore: '恢复未保存的修改',
  take: '采用已保存的草稿',
};
