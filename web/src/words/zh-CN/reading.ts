import type { reading as original } from '../en-US/reading.ts';
import type { Words } from '../words.ts';

/** What is told of JSON and of files that were written elsewhere. */
export const reading: Words<typeof original> = {
  notJson: '从第 {{line}} 行第 {{column}} 列起不是有效的 JSON：{{need}}。',
  needs: {
    value: '缺少值',
    key: '缺少用双引号括起的键',
    colon: '缺少冒号',
    comma: '缺少逗号或右括号',
    quote: '字符串没有结束，或含有需要用反斜杠转义的字符',
    end: '后面不应再有内容',
  },
  twice: '键“{{path}}”在第 {{firstLine}} 行和第 {{line}} 行重复出现，请只保留一个。',
  twiceInLine: '键“{{path}}”在第 {{line}} 行重复出现，请只保留一个。',
  tooLarge: '{{file}} 过大：流程文件不能超过 1 MB。',
  unreadable: '无法读取 {{file}}。',
  notText: '{{file}} 既不是 UTF-8 也不是 GB18030 编码，请在文本编辑器中另存为 UTF-8 后重新选择。',
  notUtf8: '{{file}} 不是 UTF-8 编码',
  asGb18030: '该文件可能是 GB18030（GBK）编码，即中文 Windows 中的“ANSI”。按此编码读取，内容如下：',
  noSample: '该文件可能是 GB18030（GBK）编码，即中文 Windows 中的“ANSI”。',
  accept: '内容正确，按 GB18030 读取',
  refuse: '内容不正确',
  refused: '请在文本编辑器中将 {{file}} 另存为 UTF-8，然后重新选择。',
  damaged: '文件中有乱码字符“�”，原来的文字在保存文件时已经丢失。如有原文件，请重新选择原文件。',
};
