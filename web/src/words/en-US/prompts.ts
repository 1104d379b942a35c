/** The table of all prompts of a flow. */
export const prompts = {
  title: 'All prompts',
  filter: 'Filter by module, text or audio',
  count: '{{shown}} of {{total}}',
  node: 'Module',
  setting: 'Prompt',
  heard: 'Text or audio',
  none: 'Callers of this flow hear nothing yet.',
  noneFound: 'No prompt matches the filter.',
  export: 'Export CSV',
  import: 'Import CSV',
  close: 'Close the table of prompts',
  taken_one: '{{count}} prompt changed. {{keys}} undoes it.',
  taken_other: '{{count}} prompts changed. {{keys}} undoes it.',
  same: 'The file is the same as the flow: nothing was changed.',
  refused: 'Nothing was imported',
  encoding: '{{file}} is not UTF-8 text: save it as “CSV UTF-8” and choose it again.',
  faults: {
    quotes: 'Row {{row}}: a quotation mark is not closed, or something follows behind it.',
    header: 'Row {{row}}: the columns must be {{columns}}, with commas between them, and are {{value}}.',
    cells: 'Row {{row}} ({{value}}): there are more cells than columns.',
    flow: 'Row {{row}}: it belongs to the flow “{{value}}”, not to this one.',
    node: 'Row {{row}}: the flow has no module with the id “{{value}}”.',
    setting:
      'Row {{row}}: the module has no prompt “{{value}}”. Leave the column “setting” as it was exported.',
    language: 'Row {{row}}: “{{value}}” is not a language tag such as en-US.',
    audio: 'Row {{row}}: “{{value}}” is not the id of an audio: lowercase letters, digits and hyphens.',
    translated:
      'Row {{row}} ({{value}}): an audio stands for a text in all its languages. Leave one row, or take the audio out.',
    emptied: 'Row {{row}} ({{value}}): there is neither a text nor an audio. Keep the audio or write a text.',
    twice: 'Row {{row}} ({{value}}): this text was in a row before. Keep one of them.',
  },
} as const;
