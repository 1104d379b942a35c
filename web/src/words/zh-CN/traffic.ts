import type { traffic as original } from '../en-US/traffic.ts';
import type { Words } from '../words.ts';

/** How calls went through flows. */
export const traffic: Words<typeof original> = {
  open: '流量',
  title: '流量：{{name}}',
  about: '到达每个模块、经过每个出口的来电数。点击模块查看对应的通话。',
  hour: '近一小时',
  day: '近一天',
  week: '近一周',
  version: '版本',
  liveVersion: 'v{{version}}（线上）',
  beside: '对比版本',
  unpublished: '流程还没有发布过，没有来电经过。',
  calls_one: 'v{{version}}：{{count}} 通来电',
  calls_other: 'v{{version}}：{{count}} 通来电',
  partly: '仅统计最近 5,000 通来电，自 {{since}} 起。',
  pick: '点击模块，查看到达该模块的通话。',
  none: '没有来电到达这里。',
  node: '{{entered}} 通来电到达，其中 {{ended}} 通在此结束',
  exit_one: '{{count}} 通来电经过这个出口',
  exit_other: '{{count}} 通来电经过这个出口',
  entered: '全部',
  ended: '结束 {{count}}',
  path: '通话路径',
  pathAbout: '通话经过的模块和距开始的时间；点击模块定位到对应步骤。',
  show: '在画布上查看',
  here: '通话最后所在的位置',
};
