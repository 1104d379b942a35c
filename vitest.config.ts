import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/kit/tally.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default leaves a core idle, which is half of a machine with two.
    maxWorkers: '100%',
    // A browser on a loaded machine may be late; whoever works on the tests shall see that, a build shall not fail of it.
    retry: process.env.CI === undefined ? 0 : 1,
  },
});
