/** What is told of JSON and of files that were written elsewhere. */
export const reading = {
  notJson: 'This is not JSON from line {{line}}, column {{column}} on: {{need}}.',
  needs: {
    value: 'a value is missing',
    key: 'a key in double quotes is missing',
    colon: 'a colon is missing',
    comma: 'a comma or a closing bracket is missing',
    quote: 'a text is not closed, or holds a character that needs a backslash',
    end: 'nothing may follow',
  },
  twice: 'The key “{{path}}” is in line {{firstLine}} and again in line {{line}}: keep one of them.',
  twiceInLine: 'The key “{{path}}” is twice in line {{line}}: keep one of them.',
  tooLarge: '{{file}} is too large: a flow has 1 MB at most.',
  unreadable: '{{file}} cannot be read.',
  notText:
    '{{file}} is neither UTF-8 nor GB18030 text: save it as UTF-8 in your text editor and choose it again.',
  notUtf8: '{{file}} is not UTF-8 text',
  asGb18030: 'It may be GB18030 (GBK), as Chinese Windows saves “ANSI” files. Read like that, it says:',
  noSample: 'It may be GB18030 (GBK), as Chinese Windows saves “ANSI” files.',
  accept: 'This is right: read it as GB18030',
  refuse: 'This is wrong',
  refused: 'Save {{file}} as UTF-8 in your text editor and choose it again.',
  damaged:
    'Some characters were lost when the file was saved, and stand as � in it. Use the original file if you have it.',
} as const;
