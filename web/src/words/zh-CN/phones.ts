import type { phones as original } from '../en-US/phones.ts';
import type { Words } from '../words.ts';

/** The page of the phones of a carrier that runs beside the console. */
export const phones: Words<typeof original> = {
  title: '电话机',
  about: '经由本机运营商的真实通话：来电者的电话与坐席的电话并排显示。',
  none: '本控制台旁没有运营商。`npm start` 自带一个；在 AWS 上请直接拨打您的号码。',
  caller: '来电者',
  number: '拨打的号码',
  from: '主叫号码',
  call: '拨打',
  call1: '拨打该号码',
  say: '说点什么',
  sayIt: '说',
  answer: '接听',
  decline: '拒接',
  pickUp: '签入并接听来电',
  lay: '签出',
  noNumbers: '还没有绑定的号码。',
  noAgents: '还没有坐席。',
  phases: { idle: '空闲', held: '就绪', ringing: '振铃', on: '通话中' },
  waits: {
    keys: '等待按键',
    recording: '正在录音',
    queue: '排队中',
    talk: '正在交谈',
    dial: '外线振铃中',
  },
  events: {
    ringing: '{{from}} 来电',
    queued: '进入队列 {{queue}}',
    dialling: '呼叫 {{number}}',
    bridged: '已接通',
    parted: '已断开',
    failed: '运营商拒绝：{{message}}',
    ended: '已结束，时长 {{seconds}} 秒',
  },
  music: '音乐或录音',
  said: '对方说：{{text}}',
  ended: '没有人收到：通话已结束或尚未开始。',
};
