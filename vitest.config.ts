import { configDefaults, defineConfig } from 'vitest/config';
import { hasBrowser } from './test/browser/chromium.ts';

if (!hasBrowser) console.log('There is no browser to test in: install Chrome, or set CHROMIUM_PATH to one.');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(hasBrowser ? [] : ['test/browser/**'])],
    setupFiles: ['test/kit/held.setup.ts'],
    globalSetup: hasBrowser ? ['test/browser/shared.setup.ts'] : [],
    reporters: ['default', './test/kit/tally.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default leaves a core idle, which is half of a machine with two.
    maxWorkers: '100%',
    // Files leave nothing behind, so those that run in one process share the modules that they load.
    isolate: false,
  },
});
