import type { shell as original } from '../en-US/shell.ts';
import type { Words } from '../words.ts';

/** What stands around the pages. */
export const shell: Words<typeof original> = {
  brokenTitle: '页面出错了',
  brokenText: '未保存的修改已保留在此浏览器中，重新打开后可以恢复。',
  reload: '重新加载',
  language: '语言',
  appearance: '外观',
  light: '浅色',
  dark: '深色',
  system: '跟随系统',
  close: '关闭',
  remove: '移除',
  refused: '服务器不接受：{{rest}}',
};
