import type { problems as original } from '../en-US/problems.ts';
import type { Words } from '../words.ts';

export const problems: Words<typeof original> = {
  'missing-setting': '未填写{{field}}。',
  'unknown-setting': '{{field}} 不是此模块的设置，请在 JSON 中删除。',
  'bad-number': '{{field}}必须是 {{least}} 到 {{most}} 之间的整数。',
  'empty-text': '{{field}}中有一段空文字，请填写或删除。',
  'bad-value': '{{field}}不正确：{{message}}',
  'unconnected-exit': '出口“{{exit}}”未连接，请连接到一个模块。',
  'unconnected-choice': '没有任何按键连接到模块，请至少连接一个。',
  'unknown-exit': '“{{exit}}”不是此模块的出口，请删除其连线。',
  'exit-to-nowhere': '出口“{{exit}}”指向不存在的模块，请重新连接。',
  'no-start': '流程没有【开始】模块。',
  'two-starts': '流程有多个【开始】模块，请删除多余的。',
  unreachable: '通话无法到达此模块，请将某个出口连接到它，或将其删除。',
  endless: '出口“{{exit}}”形成了没有任何按键等待的循环，请在途中加入【分支】模块。',
  'too-long-walk': '连续超过 100 个模块没有等待用户按键，请在中间加入【分支】模块。',
  'unknown-variable': '{{field}}使用了此处没有的变量：{{variables}}。',
  'lost-characters': '{{field}}含有无法播报的字符，播放时将被忽略。',
  'unknown-language': '{{field}}的语言没有可用的音色，请指定音色或选择其他语言。',
  'unknown-audio': '{{field}}所选的音频不存在或未通过审核，请另选。',
  'unknown-group': '技能组“{{value}}”不存在，请先创建，否则不会有坐席接听。',
  'too-many-nodes': '流程超过 2000 个模块，请拆分为多个流程。',
  'too-large': '流程超过 1 MB，请缩短文字或拆分流程。',
  'unknown-type': '此版本不认识该模块的类型。',
  shape: '文档结构不正确：{{message}}',
};
