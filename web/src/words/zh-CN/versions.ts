import type { versions as original } from '../en-US/versions.ts';
import type { Words } from '../words.ts';

/** The versions of a flow. */
export const versions: Words<typeof original> = {
  title: '版本',
  live: '线上',
  by: '{{at}}，{{who}}',
  noNote: '无说明',
  look: '查看',
  compare: '对比',
  restore: '恢复到草稿',
  restored: '已将 v{{version}} 恢复到画布，确认后请保存；可以撤销。',
  makeLive: '设为线上',
  makeLiveTitle: '将 v{{version}} 设为线上版本？',
  makeLiveText: '下一通来电即生效；正在进行的通话不受影响，草稿保持不变。',
  isLive: 'v{{version}} 已上线，下一通电话即生效。',
  none: '还没有发布过版本。',
  more: '显示更多',
  looking: 'v{{version}}（只读）',
};
