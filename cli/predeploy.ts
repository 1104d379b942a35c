import { readAccountSid } from '../lib/config.ts';

// A function without it would answer no call, and nobody would know before the first one.
try {
  readAccountSid();
} catch (error) {
  console.error(`Nothing is deployed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
