import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

// Loads a function, hands it its first webhook, and says on the fourth stream how many milliseconds that took.
const [, , module = '', event = ''] = process.argv;
const webhook = JSON.parse(readFileSync(event, 'utf8'));
const begin = performance.now();
const { handler } = await import(pathToFileURL(module).href);
const { statusCode } = await handler(webhook);
writeSync(3, JSON.stringify({ statusCode, tookMs: performance.now() - begin }));
process.exit();
