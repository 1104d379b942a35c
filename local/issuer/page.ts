import { createHash } from 'node:crypto';
import type { Answer } from '../aws/payload.ts';

/** The parameters of the request, which the page passes on as hidden fields. */
const passed = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

const words = {
  en: {
    title: 'Sign in to Branchline',
    hint: 'This machine asks for no password: choose who you want to be.',
    user: 'User name',
    roles: 'Roles',
    submit: 'Sign in',
    role: {
      admin: ['Admin', 'everything, with numbers, agents and the audit'],
      editor: ['Editor', 'draws and publishes flows'],
      reviewer: ['Reviewer', 'approves recordings'],
      agent: ['Agent', 'answers calls at a desk'],
      viewer: ['Viewer', 'looks, and changes nothing'],
    },
  },
  zh: {
    title: '登录 Branchline',
    hint: '本机无需密码：请选择您的身份。',
    user: '用户名',
    roles: '角色',
    submit: '登录',
    role: {
      admin: ['管理员', '全部权限，包括号码、坐席和操作记录'],
      editor: ['编辑者', '绘制和发布流程'],
      reviewer: ['审核员', '审核音频'],
      agent: ['坐席', '在工作台接听来电'],
      viewer: ['查看者', '只能查看，不能修改'],
    },
  },
} as const;

/** The logo, as in `web/public/icon.svg`. */
const sign = `<svg viewBox="0 0 32 32" width="40" height="40" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#4b5bd6"/>
<path d="M8 16h5c4 0 3-6 7-6h3M13 16c4 0 3 6 7 6h3" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>
<circle cx="8" cy="16" r="2.6" fill="#fff"/><circle cx="24" cy="10" r="2.6" fill="#fff"/><circle cx="24" cy="22" r="2.6" fill="#fff"/></svg>`;

/** The colours are those of the console: `web/src/shell/tokens.ts`. */
const style = `
:root { color-scheme: light dark; --back: #f5f6f8; --card: #fff; --ink: #1f2430; --quiet: #4d5463; --line: #d5d9e2; --brand: #4b5bd6; --wash: #eef0ff }
@media (prefers-color-scheme: dark) {
  :root { --back: #15171c; --card: #1d2027; --ink: #e6e9ef; --quiet: #b4bac7; --line: #3a3f4b; --brand: #6c7af0; --wash: #262a45 }
}
body { font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0; background: var(--back); color: var(--ink) }
main { box-sizing: border-box; width: min(384px, 100vw - 32px); margin: 16px 0; padding: 32px; border: 1px solid var(--line); border-radius: 12px; background: var(--card) }
h1 { margin: 16px 0 2px; font-size: 22px; font-weight: 650 }
p { margin: 0; color: var(--quiet) }
small { display: block; color: var(--quiet); font-size: 13px; font-weight: 400 }
.field, legend { display: block; padding: 0; font-weight: 500 }
.field { margin-top: 20px }
fieldset { display: grid; gap: 6px; margin: 16px 0 0; padding: 0; border: 0 }
legend { margin-bottom: 6px }
.role { display: grid; grid-template-columns: auto 1fr; gap: 10px; padding: 7px 10px; border: 1px solid var(--line); border-radius: 8px; cursor: pointer }
.role:has(:checked) { border-color: var(--brand); background: var(--wash) }
.role input { width: 16px; height: 16px; margin: 3px 0; accent-color: var(--brand) }
input[name=user] { box-sizing: border-box; width: 100%; margin-top: 6px; padding: 8px 11px; border: 1px solid var(--line); border-radius: 8px; background: none; color: inherit; font: inherit; font-weight: 400 }
button { width: 100%; margin-top: 24px; padding: 9px; border: 0; border-radius: 8px; background: #4b5bd6; color: #fff; font: inherit; font-weight: 500; cursor: pointer }
button:hover { background: #3f4fc4 }
:is(input, button):focus-visible { outline: 2px solid var(--brand); outline-offset: 2px }`;

/** The page on which a user chooses a name and roles. */
export function signInPage({
  asked,
  roles,
  languages = '',
}: {
  readonly asked: URLSearchParams;
  readonly roles: readonly string[];
  /** The browser's `Accept-Language`. */
  readonly languages: string | undefined;
}): Answer {
  const language = /^\s*zh\b/i.test(languages) ? 'zh' : 'en';
  const { title, hint, user, roles: legend, submit, role: named } = words[language];
  const hidden = passed.flatMap((name) => {
    const value = asked.get(name);
    return value === null ? [] : [`<input type="hidden" name="${name}" value="${escaped(value)}">`];
  });
  const boxes = roles.map((role, at) => {
    const [name, about] = (named as Readonly<Record<string, readonly [string, string]>>)[role] ?? [role, ''];
    const box = `<input type="checkbox" name="role" value="${role}"${at === 0 ? ' checked' : ''}>`;
    return `<label class="role">${box}<span>${name}<small>${about}</small></span></label>`;
  });
  const form = `<main>${sign}
<form method="post" action="/oauth2/authorize">
<h1>${title}</h1><p>${hint}</p>
<label class="field">${user}<input name="user" value="admin" required maxlength="128" pattern="[^\\s]+" autocomplete="username" autofocus></label>
<fieldset><legend>${legend}</legend>${boxes.join('')}</fieldset>
${hidden.join('\n')}
<button>${submit}</button></form></main>`;
  return page(200, language, title, form, new URL(asked.get('redirect_uri') ?? '').origin);
}

/** A page with one sentence. */
export function refusalPage(sentence: string, status = 400): Answer {
  return page(
    status,
    'en',
    'Branchline',
    `<main>${sign}<h1>Branchline</h1><p>${escaped(sentence)}</p></main>`,
  );
}

function page(status: number, language: string, title: string, body: string, target = ''): Answer {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = [
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
    // Browsers also check the redirect after a form against this.
    `form-action 'self' ${target}`.trim(),
  ];
  const html = `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style>
${body}
</html>
`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // With `no-referrer`, browsers send the form with the origin `null`.
    'referrer-policy': 'same-origin',
  };
  return { status, headers, cookies: [], body: Buffer.from(html) };
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
