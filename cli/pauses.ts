import { type Finding, runCheck } from './finding.ts';
import { valuesIn } from './logline.ts';

/**
 * The connections whose circuit breaker opened, from the lines of an hour's metrics: each with how often, and whether it closed again.
 * A stage has one breaker in each instance of the voice function, a laptop has one.
 */
export async function tellPauses(lines: readonly string[]): Promise<Finding[]> {
  const states = new Map<string, { count: number; isPaused: boolean; at: string }>();
  for (const { code, at, PausedConnections, ResumedConnections } of lines.map(valuesIn)) {
    if (PausedConnections === undefined && ResumedConnections === undefined) continue;
    const { count } = states.get(String(code)) ?? { count: 0 };
    const isPaused = PausedConnections !== undefined;
    states.set(String(code), { count: count + Number(isPaused), isPaused, at: String(at) });
  }
  return await Promise.all(
    [...states].map(([id, { count, isPaused, at }]) =>
      runCheck('connection', () => {
        const now = isPaused ? 'has not answered since' : `answers again since ${at}`;
        throw new Error(
          `${id} failed 5 times within 30 s, and was then not asked for 30 s, ${count === 1 ? 'once' : `${count} times`}; it ${now}: look at the service.`,
        );
      }),
    ),
  );
}
