import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long lines are kept: the doctor looks at the last hour. */
const keptMs = 3_600_000;
/** The most lines that are kept. */
const mostKept = 1000;

/** The lines of a stack's metrics that the doctor reads, in the stack's data directory. */
export interface Metrics {
  /** Takes a line of the log that may hold metrics in CloudWatch's embedded format; returns whether it does. */
  take(line: string): boolean;
  /** Removes the file: what paused its connections ends with the stack. */
  close(): void;
}

/**
 * Takes the metrics of the functions, as CloudWatch does on AWS. Of them, the pauses of connections in the last hour are stored; there is at
 * most one in 30 s for each connection.
 */
export function openMetrics(dataDir: string, now: () => Date): Metrics {
  const file = metricsFile(dataDir);
  rmSync(file, { force: true });
  let kept: { readonly line: string; readonly at: number }[] = [];
  return {
    take(line) {
      const values = metricsIn(line);
      if (values === undefined) return false;
      if ('PausedConnections' in values || 'ResumedConnections' in values) {
        const at = now().getTime();
        kept = [...kept, { line: line.trimEnd(), at }]
          .filter((each) => each.at > at - keptMs)
          .slice(-mostKept);
        writeFileSync(file, kept.map((each) => `${each.line}\n`).join(''), { mode: 0o600 });
      }
      return true;
    },
    close: () => rmSync(file, { force: true }),
  };
}

/** The file that holds the lines of a running stack; it is missing if there are none. */
export function metricsFile(dataDir: string): string {
  return join(dataDir, 'metrics.log');
}

function metricsIn(line: string): object | undefined {
  if (!line.includes('"_aws"')) return undefined;
  try {
    const values: unknown = JSON.parse(line);
    return typeof values === 'object' && values !== null && '_aws' in values ? values : undefined;
  } catch {
    return undefined;
  }
}
