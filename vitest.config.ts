import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { hasBrowser } from './test/browser/chromium.ts';
import Sequence from './test/kit/sequence.ts';

if (!hasBrowser) console.log('There is no browser to test in: install Chrome, or set CHROMIUM_PATH to one.');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(hasBrowser ? [] : ['test/browser/**'])],
    setupFiles: ['test/kit/held.setup.ts'],
    globalSetup: hasBrowser ? ['test/browser/shared.setup.ts'] : [],
    reporters: ['default', './test/kit/tally.ts'],
    // No test measures time, so a limit only ends what hangs: a busy machine takes several times as long as an idle one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: Sequence },
    // The default leaves a core idle, which is half of a machine with two. Many tests wait for a browser or a process of
    // their own, so there is one worker more than cores.
    maxWorkers: availableParallelism() + 1,
    // Files leave nothing behind, so those that run in one process share the modules that they load.
    isolate: false,
  },
});
