import type { prompts as original } from '../en-US/prompts.ts';
import type { Words } from '../words.ts';

/** The table of all prompts of a flow. */
export const prompts: Words<typeof original> = {
  title: '全部提示语',
  filter: '按模块、文字或音频筛选',
  count: '{{shown}} / {{total}} 条',
  node: '模块',
  setting: '提示语',
  heard: '文字或音频',
  none: '该流程还没有播放任何声音。',
  noneFound: '没有符合筛选条件的提示语。',
  export: '导出 CSV',
  import: '导入 CSV',
  close: '关闭提示语表格',
  taken_one: '已修改 {{count}} 条提示语，可按 {{keys}} 撤销。',
  taken_other: '已修改 {{count}} 条提示语，可按 {{keys}} 撤销。',
  same: '文件内容与流程一致，没有修改。',
  refused: '未导入任何内容',
  encoding: '{{file}} 不是 UTF-8 文本，请另存为“CSV UTF-8”后重新选择。',
  faults: {
    quotes: '第 {{row}} 行：引号没有闭合，或引号之后还有内容。',
    header: '第 {{row}} 行：列名应为 {{columns}}，以英文逗号分隔，现为 {{value}}。',
    cells: '第 {{row}} 行（{{value}}）：单元格多于列数。',
    flow: '第 {{row}} 行：属于流程“{{value}}”，不是当前流程。',
    node: '第 {{row}} 行：流程中没有标识为“{{value}}”的模块。',
    setting: '第 {{row}} 行：该模块没有提示语“{{value}}”，请保持导出时 setting 列的内容。',
    language: '第 {{row}} 行：“{{value}}”不是语言标签，例如 zh-CN。',
    audio: '第 {{row}} 行：“{{value}}”不是音频的标识，只能包含小写字母、数字和连字符。',
    translated: '第 {{row}} 行（{{value}}）：一个音频会取代该文字的所有语言，请只保留一行，或去掉音频。',
    emptied: '第 {{row}} 行（{{value}}）：文字和音频都为空，请保留音频或填写文字。',
    twice: '第 {{row}} 行（{{value}}）：同一条文字在前面已出现，请只保留一行。',
  },
};
