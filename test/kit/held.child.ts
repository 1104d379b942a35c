import { appendFileSync } from 'node:fs';
import { holdRequests } from './held.ts';

// Loaded by `node --import` into the programs that tests start. It writes down what is wrong with their requests, and the kit
// that started them looks there.
holdRequests((faults) =>
  appendFileSync(process.env.FAULTS_OF_REQUESTS ?? 'faults-of-requests', `${faults.join('\n')}\n`),
);
