import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { contentTypeOf } from '../build.ts';
import { type Answer, json } from './payload.ts';

/** The console's files. On AWS, CloudFront serves them. */
export interface Console {
  /** The answer to a request for a page or a file of the console; `undefined` for any other path. */
  serve(request: IncomingMessage, path: string): Promise<Answer | undefined>;
}

/** The options of a console. */
export interface ConsoleFiles {
  /** The folder of its build. */
  readonly folder: string;
  /** The content of `/console.json`: where users sign in. A page at another origin than `home` goes there first. */
  readonly setting: {
    readonly issuer: string;
    readonly client: string;
    readonly signOut: string;
    readonly home?: string;
    /** The path of the embedded carrier's phones. */
    readonly phones?: string;
  };
  /** Requests wait for this build. Resolves with an error message if it fails. */
  readonly built?: Promise<string | undefined>;
}

/** Names with dots only inside, so that no path leads out of the folder. */
const fileName = /^\/(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/;

/** The paths of files, as in the function `ConsolePaths` of `serverless.yml`: in deeper paths a dot belongs to an id. */
const ofFile = /^\/(assets\/.*|[^/]*\.[A-Za-z0-9]+)$/;

/** Serves a console for GET and HEAD: its files, `/console.json`, and its only page for every other path. */
export function createConsole({ folder, setting, built }: ConsoleFiles): Console {
  const headers = {
    'content-security-policy': contentPolicy(new URL(setting.issuer).origin),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
  return {
    async serve({ method }, path) {
      if (method !== 'GET' && method !== 'HEAD') return undefined;
      const fresh = { ...headers, 'cache-control': 'no-cache' };
      if (path === '/console.json') {
        const answer = json(200, setting);
        return { ...answer, headers: { ...answer.headers, ...fresh } };
      }
      const file = ofFile.test(path) ? path : '/index.html';
      if (!fileName.test(file)) return undefined;
      const failure = await built;
      const body = failure === undefined ? await contentOf(join(folder, file)) : undefined;
      if (body === undefined) {
        return file === '/index.html'
          ? page(503, failure ?? 'The console is not built: npm run build:web')
          : undefined;
      }
      const hashed = file.startsWith('/assets/');
      const kept = hashed ? { ...headers, 'cache-control': 'public, max-age=31536000, immutable' } : fresh;
      const type = contentTypeOf(file);
      return { status: 200, headers: { ...kept, 'content-type': type }, cookies: [], body };
    },
  };
}

/** The content security policy of the page. antd writes its styles into the page. */
function contentPolicy(issuer: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    `connect-src 'self' ${issuer}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

function page(status: number, sentence: string): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, cookies: [], body: Buffer.from(`${sentence}\n`) };
}
