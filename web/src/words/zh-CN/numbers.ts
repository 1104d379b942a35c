import type { numbers as original } from '../en-US/numbers.ts';
import type { Words } from '../words.ts';

/** Numbers and the flows that their callers reach. */
export const numbers: Words<typeof original> = {
  title: '号码',
  about: '设置每个号码的来电进入哪个 IVR 流程。',
  bind: '绑定号码',
  bindTo: '为“{{name}}”绑定号码',
  change: '改绑',
  unbind: '解绑',
  number: '号码',
  numberHelp: '以 + 和国家代码开头，与运营商后台中的写法一致。',
  faults: {
    empty: '请输入号码，例如 +15550100。',
    character: '号码中不能有{{character}}：+ 之后只能是数字，例如 +15550100。',
    'no-country-code': '缺少国家代码：请以 + 和国家代码开头，例如 +15550100。',
    zero: '国家代码不能以 0 开头，例如 +15550100。',
    length: '号码连同国家代码应有 2 至 15 位数字，现在有 {{digits}} 位。',
  },
  flow: 'IVR 流程',
  flowNeeded: '请选择流程。',
  rebinds: '{{number}} 当前绑定“{{name}}”，将改为绑定此流程。',
  notLive: '“{{name}}”尚未发布，发布之前来电者只会听到致歉语。',
  bound: '{{number}} 已绑定“{{name}}”。',
  boundAt: '绑定时间',
  unbindTitle: '解绑 {{number}}？',
  unbindText: '解绑后，来电者只会听到致歉语，直到重新绑定。',
  unbound: '{{number}} 已解绑。',
  none: '还没有绑定号码',
  noneText: '将运营商账户中的号码绑定到流程，下一通来电即可进入。',
  noFlow: '已删除',
};
