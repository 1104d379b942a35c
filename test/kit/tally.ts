import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Ends a run with its ten slowest tests and one plain line that machines read: `N passed, N failed`. If `TALLY_FILE` is set,
 * the two numbers go there as JSON instead of the line: other checks run beside the tests and count, too.
 */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string, among = tests) =>
      among.filter((test) => test.result().state === state).length;
    // A file that cannot be read, or whose setup failed, has no test that failed.
    const unrun = modules.filter(
      (module) => module.state() === 'failed' && count('failed', [...module.children.allTests()]) === 0,
    );
    const passed = count('passed');
    const failed = count('failed') + unrun.length + errors.length;

    if (tests.length > 10) process.stdout.write(slowest(tests, 10));
    const { TALLY_FILE } = process.env;
    if (TALLY_FILE === undefined) process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    else writeFileSync(TALLY_FILE, JSON.stringify({ passed, failed }));
  }
}

/** The tests that took longest, a line each. */
function slowest(tests: readonly TestCase[], count: number): string {
  const timed = tests.map((test) => ({ test, ms: test.diagnostic()?.duration ?? 0 }));
  const lines = timed
    .sort((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(
      ({ test, ms }) =>
        `  ${(ms / 1000).toFixed(1).padStart(5)} s  ${test.module.relativeModuleId} > ${test.name}`,
    );
  return `\nThe slowest tests:\n${lines.join('\n')}\n`;
}
