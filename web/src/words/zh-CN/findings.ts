import type { ProofRule } from '../../../../lib/proof/failures.ts';
import type { LeftOutSentence } from '../../../../lib/proof/leftout.ts';
import type { ScriptSentence } from '../../../../lib/proof/scriptmessage.ts';

/** A rule in Chinese: its sentences, and how to mend it. `says` is the sentence of a rule that has only one. */
interface RuleWords {
  readonly says: string;
  readonly fix: string;
  readonly [sentence: string]: string;
}

/** What the linter says, by rule; English is what the rules themselves say. */
export const lintWords: Readonly<Record<string, RuleWords>> = {
  'human-missing': {
    says: '从这里无法联系到任何坐席、外线号码或留言信箱。',
    elsewhere: '从流程“{{flow}}”的“{{at}}”无法联系到任何坐席、外线号码或留言信箱。',
    fix: '请将某个按键、“错误”或“超时”出口连接到【转人工】。',
  },
  'human-far': {
    says: '最坏情况下需要按 {{keys}} 次键才能联系到人。',
    seconds: '最坏情况下需要 {{seconds}} 秒才能联系到人。',
    fix: '请尽早提供人工：先播报人工按键，或让超时和按错后转人工。',
  },
  'zero-taken': {
    says: '按键 0 没有转到人工。',
    fix: '请将 0 连接到【转人工】，其他选项改用别的按键。',
  },
  'options-many': {
    says: '该菜单有 {{count}} 个选项。',
    fix: '请拆分菜单，或先播报最常用的选项，其余放在一个按键之后。',
  },
  'key-first': {
    says: '按键 {{key}} 在用途之前播报。',
    fix: '请改为“销售请按 1”这样的顺序：先说用途，再说按键。',
  },
  'keys-order': {
    says: '按键的播报顺序为 {{keys}}。',
    gap: '菜单使用了 {{keys}}：{{key}} 之前有空缺。',
    fix: '请按播报顺序从 1 开始编号。',
  },
  'menu-long': { says: '播报该菜单需要 {{seconds}} 秒。', fix: '请缩短文字，或拆分菜单。' },
  'promo-first': {
    says: '{{seconds}} 秒之后才出现第一个选项。',
    fix: '请缩短前面的内容，或放到用户选择之后。',
  },
  'greeting-again': {
    says: '每次重复播报时都会再次听到“{{text}}”。',
    fix: '请将问候语放到前面的【放音】模块中。',
  },
  'key-names': {
    says: '按键被称为“{{key}}”。',
    fix: '请写“星号键”和“井号键”，英文写 the star key 和 the pound key。',
  },
  promised: {
    says: '文字中提到按键 {{key}}，但它没有连接。',
    untold: '按键 {{key}} 已连接，但文字中没有提到。',
    fix: '请连接该按键，或修改文字。',
  },
  'no-repeat': {
    says: '用户不按键时，菜单不会再播报。',
    fix: '请将最大超时次数设为 2 次以上，将“超时”出口连回菜单，或提供重听按键。',
  },
  'wait-short': { says: '只等待按键 {{seconds}} 秒。', fix: '请将等待时间设为 5 秒以上。' },
  'one-try': {
    says: '第一次按错就会结束通话。',
    silent: '第一次未按键就会结束通话。',
    fix: '请再允许两次，或将“错误”和“超时”出口连接到【转人工】。',
  },
  'same-words': {
    says: '未按键和按错键的提示相同。',
    fix: '请分别提示：“没有听到您的按键”和“您的按键无效”。',
  },
  'card-digits': {
    says: '最多可输入 {{digits}} 位数字（与银行卡号相同），但未设为保密。',
    fix: '请将该输入设为保密，或改用网页收集卡号。',
  },
  'dial-typed': {
    says: '拨打的号码由用户输入：{{variable}}。',
    fix: '请拨打您预先设定的号码，或先用【条件】与这些号码比较。',
  },
  'mute-end': {
    says: '通话在此结束时，用户只听到系统的结束语。',
    elsewhere: '通话在流程“{{flow}}”的“{{at}}”结束时，用户只听到系统的结束语。',
    fix: '请在【结束】模块或其前面的放音中写上结束语。',
  },
  'silent-loop': {
    says: '用户一直不按键时会循环：{{nodes}}。',
    fix: '请在两轮之后将“超时”出口连接到【转人工】或【结束】。',
  },
  'ai-caller': {
    says: '播放期间的按键会被忽略。',
    digits: '两次按键之间只等待 {{seconds}} 秒。',
    fix: '请允许打断放音，并至少等待 3 秒。',
  },
  'wait-mute': {
    says: '未填写{{setting}}。',
    fix: '请填写转接时和无人接听时的提示。',
  },
  'wait-three': {
    says: '用户最多可能等待 {{seconds}} 秒。',
    fix: '请缩短最长等待时间，并在“失败”出口之后提供【语音留言】。',
  },
  'unnamed-agent': {
    says: '接通时用户听不到是谁接听。',
    fix: '请在接通提示中写上 ${StaffNo}。',
  },
  'hours-none': {
    says: '任何时间都会转人工：没有使用营业时间。',
    fix: '请在菜单之前用【营业时间】判断，非营业时间播报营业时间。',
  },
  'digits-number': {
    says: '“{{number}}”会被读成一个数目。',
    fix: '请在数字之间加空格，或写成 ${Name:digits}。',
  },
  'voice-mismatch': {
    says: '文字是中文，但语言是 {{language}}。',
    foreign: '文字中没有汉字，但语言是 {{language}}。',
    fix: '请为该文字设置对应的语言，或填写译文。',
  },
  'voices-change': {
    says: '此处音色为 {{voice}}，而“{{node}}”为 {{other}}。',
    fix: '请只在流程设置中指定一个音色，各处文字不再单独指定。',
  },
  'looks-like-a-variable': {
    says: '文字中有看起来像变量的内容，会被原样播报。',
    fix: '变量请写成 ${Name}。',
  },
  unspeakable: {
    says: '“{{text}}”无法自然播报。',
    fix: '请写出要播报的内容，例如“example 点 com”。',
  },
  'missing-translation': {
    says: '缺少流程所用语言的文字。',
    fix: '请填写该语言的文字。',
  },
};

/** What a proof says, by rule. */
export const proofWords: Readonly<Record<ProofRule, string>> = {
  'kept-for-ever': '{{under}}从这里开始，无论用户怎么做，通话都不会结束，也没有人接听。',
  'fault-path': '通话在此以系统致歉结束（{{fault}}）。',
  'goodbye-only': '通话在此结束时，用户只听到系统的结束语。',
  'human-missing': '从这里无法联系到任何坐席、外线号码或留言信箱。',
};

/** Under which circumstances a proof fails, for the beginning of a sentence. */
export const circumstanceWords = {
  schedules: {
    open: '营业时间 {{id}} 为“营业”',
    closed: '营业时间 {{id}} 为“休息”',
    holiday: '营业时间 {{id}} 为“节假日”',
  },
  available: { yes: '技能组 {{id}} 有坐席可接听', no: '技能组 {{id}} 没有坐席可接听' },
} as const;

/** What a proof has not looked at, by sentence. */
export const leftOutWords: Readonly<Record<LeftOutSentence, string>> = {
  answers: '{{node}} 之后的应答组合超过 {{most}} 种，未全部尝试',
  documents: '{{node}} 处连续的文档超过 {{most}} 个',
  states: '状态超过 {{most}} 个，其余未检查',
  responses: '接口 {{connection}} 的不同应答超过 {{most}} 种，未全部尝试',
  trials: '变量 {{variable}} 与超过 {{most}} 个值比较，未全部尝试',
  flow: '未找到流程 {{flow}}，其中的情况未检查',
  circumstances: '营业时间与技能组的组合过多，未全部尝试',
};

/** What is wrong with call scripts. */
export const scriptWords: Readonly<Record<ScriptSentence, string>> = {
  also: '`> {{event}}` 之后，用户还听到 `{{heard}}`。',
  missing: '`> {{event}}` 之后应为 `{{wanted}}`，但没有听到。',
  other: '`> {{event}}` 之后应为 `{{wanted}}`，但用户听到 `{{heard}}`。',
  waits: '应为 `= {{wanted}}`，但通话仍在 `{{node}}` 等待。',
  ended: '应为 `= {{wanted}}`，但通话已在 `{{node}}` 结束：{{reason}}。',
  cannot: '此处不能发生 `{{word}}`。可以发生：{{can}}。',
  keys: '此处不能 `typed {{keys}}`：只接受 {{most}} 个按键。',
  answered: '此处不能发生 `{{word}}`：号码已接听。可以发生：`> talked`、`> hung up`。',
  over: '通话在此之前已经结束。',
  unanswered: '流程询问 `{{fact}}`，而脚本没有说明：请在前面写上 `? {{fact}}: …`。',
  title: '通话没有标题：请写 `# 用户做什么`。',
  mark: '`{{text}}` 不是通话脚本的行：行首应为 `#`（标题）、`?`（已知）、`>`（发生）、`<`（听到）或 `=`（结束）。',
  belongs: '该行不属于任何通话：请先写标题 `# 用户做什么`。',
  closed: '该通话已在第 {{line}} 行结束：请将此行移到其前，或用 `#` 开始另一个通话。',
  known: '`? {{text}}` 没有说明任何事：请写 `? 事实: 值`，例如 `? available sales: yes`。',
  end: '`= {{text}}` 不是结束：请写 `= ends 原因`、`= ends 原因 at 节点` 或 `= goes on`。',
  long: '脚本有 {{length}} 个字符，最多允许 {{most}} 个：请拆分脚本。',
  event: '`> {{text}}` 不是事件：请写以下之一：{{forms}}。',
  arrived: '`> {{text}}` 缺少来源：请写 `> arrived from +15550123` 或 `> arrived from anonymous`。',
  pressed: '`> {{text}}` 应为一个按键（{{keys}}），例如 `> pressed 1`；多个按键请写 `> typed 12345`。',
  typed:
    '`> {{text}}` 应为按键：请写 `> typed 12345`，带结束键为 `> typed 12345#`；`> typed 12 (silent)` 表示输入中断。',
  connected: '`> {{text}}` 应写明接听坐席的工号：`> connected 1001`。',
  left: '`> {{text}}` 应写明原因：{{forms}}。',
  recorded:
    '`> {{text}}` 应写明时长：`> recorded 12s`、`> recorded nothing` 或 `> recorded 12s then hung up`。',
  fact: '`{{name}}` 不是事实：可用的事实有 {{facts}}。',
  'fact-form': '`? {{name}}` 应写作 `? {{form}}: 值`。',
  available: '`? {{name}}` 应为 `yes`、`no` 或 `3 waiting`，而不是 `{{value}}`。',
  schedule: '`? {{name}}` 应为 `open`、`closed` 或 `holiday`，而不是 `{{value}}`。',
  request: '`? {{name}}` 应为状态码和应答，例如 `200 {"tier":"gold"}`，或 `failed`，而不是 `{{value}}`。',
  message: '`? {{name}}` 应为 `sent` 或 `failed`，而不是 `{{value}}`。',
  flow: '`? {{name}}` 应为 `live` 或 `missing`，而不是 `{{value}}`。',
  json: '`? {{name}}` 的应答 `{{value}}` 不是 JSON。',
};
