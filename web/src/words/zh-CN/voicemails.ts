import type { voicemails as original } from '../en-US/voicemails.ts';
import type { Words } from '../words.ts';

/** The page of messages that callers have left. */
export const voicemails: Words<typeof original> = {
  title: '语音留言',
  about: '用户给您的技能组留下的留言。',
  none: '没有留言。流程中的【语音留言】模块会录下用户的留言。',
  noneFound: '没有符合条件的留言，请去掉筛选条件。',
  more: '显示更早的留言',
  left: '留言时间',
  from: '主叫号码',
  mailbox: '留言信箱',
  every: '全部信箱',
  length: '时长',
  state: '状态',
  states: { all: '全部', new: '未听', heard: '已听' },
  play: '播放',
  playOf: '播放 {{from}} 的留言',
  close: '收起',
  markHeard: '标为已听',
  markNew: '标为未听',
  callBack: '回拨 {{from}}',
  remove: '删除',
  removeAsk: '确定删除 {{from}} 的这条留言？删除后无法恢复。',
  removed: '留言已删除。',
  carrier: '录音仍在运营商处，再次打开本页时会取回。',
  lost: '运营商已丢失这条留言的录音。',
  call: '查看通话',
};
