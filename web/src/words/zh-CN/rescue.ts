import type { rescue as original } from '../en-US/rescue.ts';
import type { Words } from '../words.ts';

/** Ways on if a part of the editor broke, or work cannot be shown. */
export const rescue: Words<typeof original> = {
  canvas: '画布无法显示该流程',
  panel: '无法显示这些设置',
  dialog: '无法显示该内容',
  editor: '编辑器无法显示该流程',
  text: '未保存的修改仍保留在此浏览器中，再次打开该流程时可以恢复。',
  undo: '撤销上一步',
  again: '重试',
  download: '下载当前的流程',
  without: '不带未保存的修改重新打开',
  keptTitle: '有未保存的修改无法显示',
  keptText:
    '此浏览器保留了该流程的修改，但当前版本的管理平台无法识别其格式。您可以下载这些修改；文件中如有流程，可重新导入。',
  keptDownload: '下载修改',
  misshapen: '无法打开该流程',
  misshapenText: '当前页面无法识别该流程的结构。如果系统刚刚升级，请重新加载页面。',
  documentDownload: '下载流程文档',
};
