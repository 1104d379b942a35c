import type { scripts as original } from '../en-US/scripts.ts';
import type { Words } from '../words.ts';

/** Call scripts: what callers do, and what they must hear. */
export const scripts: Words<typeof original> = {
  title: '通话脚本',
  ofFlow: '进入本流程的已上线流程 {{flow}} 的通话脚本',
  save: '保存脚本',
  help: '编写时，每通电话都会按当前画布演练。脚本随草稿保存，发布前会自动演练，并随版本一起固定。',
  example: '# 按错键\n> arrived\n< gather 8s …\n> pressed 9\n< …\n= goes on',
  tally: '{{passed}} 通通过，{{failed}} 通未通过',
  line: '第 {{line}} 行',
  untaken: '有出口未被任何通话走到的模块：{{count}} 个',
  unvisited: '{{name}}：没有通话到达',
  never: '{{name}}：没有通话经过{{exits}}',
  despite: '脚本未通过仍要发布，原因',
  despiteHelp: '原因会保留在版本中。',
};
