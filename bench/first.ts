import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

// Loads a function, hands it its first webhook, and says on the fourth stream what the process took for it, in microseconds.
const [, , module = '', event = ''] = process.argv;
const webhook = JSON.parse(readFileSync(event, 'utf8'));
const { handler } = await import(pathToFileURL(module).href);
const { statusCode } = await handler(webhook);
const { user, system } = process.cpuUsage();
writeSync(3, JSON.stringify({ statusCode, cpu: user + system }));
process.exit();
