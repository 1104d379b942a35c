import { once } from 'node:events';

// Measures one row: is sent the setup, sends the lines.
const [, , row] = process.argv;
const [setup] = await once(process, 'message');
const { measure } = await import(`./rows/${row}.ts`);
process.send?.(await measure(setup), () => process.exit());
