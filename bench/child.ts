import { once } from 'node:events';

// Measures one row: is sent the world, sends the lines.
const [, , row] = process.argv;
const [world] = await once(process, 'message');
const { measure } = await import(`./rows/${row}.ts`);
process.send?.(await measure(world), () => process.exit());
