import type { session as original } from '../en-US/session.ts';
import type { Words } from '../words.ts';

/** Signing in and out. */
export const session: Words<typeof original> = {
  failed: '无法登录',
  unreachable: '无法连接服务器：请确认服务正在运行，然后重新加载页面。',
  noStorage: '浏览器不允许本站存储数据。请允许此网址使用 Cookie 和网站数据，然后重新加载页面。',
  ranOut: '请先重新登录。',
  ranOutTitle: '登录已过期',
  ranOutText: '请在新窗口中重新登录。此页面保持不变，未保存的修改不会丢失。',
  again: '重新登录',
  later: '稍后再说',
  signOut: '退出登录',
  noRoles: '无角色',
  roles: { admin: '管理员', editor: '编辑者', reviewer: '审核员', agent: '坐席', viewer: '查看者' },
};
