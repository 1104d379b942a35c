import { json } from 'node:stream/consumers';
import { startServer } from './server.ts';

/** A CloudWatch Logs that finds lines by the patterns that we ask with. */
export interface Logs {
  readonly endpoint: string;
  /** The lines of each log group; any other group does not exist. */
  readonly groups: Map<string, string[]>;
  /** How many lines a page has. */
  pageSize: number;
  close(): Promise<void>;
}

/** Starts one on loopback (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html). */
export async function startLogs(): Promise<Logs> {
  const groups = new Map<string, string[]>();
  const server = await startServer(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    const asked = (await json(request)) as Record<string, string>;
    const lines = groups.get(asked.logGroupName ?? '');
    if (lines === undefined)
      return answer(400, { __type: 'ResourceNotFoundException', message: 'no such log' });
    const found = lines.filter(matching(asked.filterPattern ?? ''));
    const from = Number(asked.nextToken ?? 0);
    const next = from + logs.pageSize;
    const events = found.slice(from, next).map((message) => ({ message: `${message}\n`, timestamp: 0 }));
    return answer(200, { events, nextToken: next < found.length ? String(next) : undefined });
  });
  const logs: Logs = {
    endpoint: server.url,
    groups,
    pageSize: 10_000,
    close: server.close,
  };
  return logs;
}

/**
 * What a pattern finds, of the syntax that we use: `?"a" ?"b"`, and `{ ($.name = "text") || ($.name > 0) }`
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
 */
function matching(pattern: string): (line: string) => boolean {
  if (!pattern.startsWith('{')) {
    const words = Array.from(pattern.matchAll(/\?"([^"]+)"/g), ([, word = '']) => word);
    return (line) => words.some((word) => line.includes(word));
  }
  const terms = Array.from(
    pattern.matchAll(/\$\.(\w+) (=|>=|>) (?:"([^"]*)"|(\d+))/g),
    ([, name = '', is, text, number]) => ({ name, is, text, number: Number(number) }),
  );
  return (line) => {
    const fields = line.startsWith('{') ? JSON.parse(line) : {};
    return terms.some(({ name, is, text, number }) => {
      const value = fields[name];
      if (text !== undefined) return value === text;
      return typeof value === 'number' && (is === '>' ? value > number : value >= number);
    });
  };
}
