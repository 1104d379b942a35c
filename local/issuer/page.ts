import { createHash } from 'node:crypto';
import type { Answer } from '../aws/payload.ts';

/** What was asked of the sign-in rides through the page in these fields. */
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
  en: { title: 'Sign in to Branchline', user: 'User name', roles: 'Roles', submit: 'Sign in' },
  zh: { title: '登录 Branchline', user: '用户名', roles: '角色', submit: '登录' },
};
const hints = {
  en: 'This machine asks for no password: choose who you want to be.',
  zh: '本机无需密码：请选择您的身份。',
};

const style = `
body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0; background: #f5f6f8; color: #1f2430 }
form, p { background: #fff; padding: 2rem; border-radius: 12px; width: min(22rem, 80vw); box-shadow: 0 1px 4px #0002 }
h1 { font-size: 1.25rem; margin: 0 0 .25rem }
small { color: #5a6372 }
label, legend { display: block; margin-top: 1rem; font-weight: 600 }
fieldset label { font-weight: 400; margin: .25rem 0 }
fieldset { border: 0; padding: 0; margin: 1rem 0 0 }
input[name=user] { width: 100%; box-sizing: border-box; font: inherit; font-weight: 400; padding: .5rem; margin-top: .25rem }
button { font: inherit; margin-top: 1.5rem; width: 100%; padding: .6rem; border: 0; border-radius: 6px; background: #1d5fd1; color: #fff }
@media (prefers-color-scheme: dark) {
  body { background: #14171d; color: #e6e9ef } form, p { background: #1e232c } small { color: #9aa4b5 }
}`;

/** The page on which a user chooses a name and roles. */
export function signInPage({
  asked,
  roles,
  languages = '',
}: {
  readonly asked: URLSearchParams;
  readonly roles: readonly string[];
  /** What the browser prefers: its `Accept-Language`. */
  readonly languages: string | undefined;
}): Answer {
  const language = /^\s*zh\b/i.test(languages) ? 'zh' : 'en';
  const { title, user, roles: legend, submit } = words[language];
  const hidden = passed.flatMap((name) => {
    const value = asked.get(name);
    return value === null ? [] : [`<input type="hidden" name="${name}" value="${escaped(value)}">`];
  });
  const boxes = roles.map(
    (role, at) =>
      `<label><input type="checkbox" name="role" value="${role}"${at === 0 ? ' checked' : ''}> ${role}</label>`,
  );
  const form = `<form method="post" action="/oauth2/authorize">
<h1>${title}</h1><small>${hints[language]}</small>
<label>${user}<input name="user" value="admin" required maxlength="128" pattern="[^\\s]+" autofocus></label>
<fieldset><legend>${legend}</legend>${boxes.join('')}</fieldset>
${hidden.join('\n')}
<button>${submit}</button></form>`;
  return page(200, language, title, form, new URL(asked.get('redirect_uri') ?? '').origin);
}

/** A page with one sentence. */
export function refusalPage(sentence: string, status = 400): Answer {
  return page(status, 'en', 'Branchline', `<p>${escaped(sentence)}</p>`);
}

function page(status: number, language: string, title: string, body: string, target = ''): Answer {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = [
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
    // A browser holds the redirect that follows a form against this, too.
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
    // With `no-referrer` a browser sends the form with the origin `null`.
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
