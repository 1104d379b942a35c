import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { contentTypeOf } from '../build.ts';
import { type Answer, json } from './payload.ts';

/** The console: files beside the routes, where on AWS the distribution stands. */
export interface Console {
  /** The answer to a request for a page or a file of the console; `undefined` if it has none. */
  serve(request: IncomingMessage, path: string): Promise<Answer | undefined>;
}

/** What a console is served from. */
export interface ConsoleFiles {
  /** Where its build lies. */
  readonly folder: string;
  /** Where its users sign in: what `/console.json` answers. Under another origin than `home` its page goes there first. */
  readonly setting: {
    readonly issuer: string;
    readonly client: string;
    readonly signOut: string;
    readonly home?: string;
    /** Where its pages reach the phones of a carrier that runs beside it. */
    readonly phones?: string;
  };
  /** Requests wait for it: the files may still be made. Resolves with what went wrong, if anything did. */
  readonly built?: Promise<string | undefined>;
}

/** Names with dots only inside: no way leads out of the folder. */
const fileName = /^\/(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/;

/** The paths of files, as the function `ConsolePaths` of `serverless.yml` knows them: a dot deeper down belongs to an id. */
const ofFile = /^\/(assets\/.*|[^/]*\.[A-Za-z0-9]+)$/;

/** Serves a console by GET and HEAD: its files, its setting, and its one page under every other path. */
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

/** What the page may load, and from where; antd writes its styles into the page. */
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
