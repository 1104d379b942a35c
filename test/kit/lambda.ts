/** Runs a function in a process of its own, as Lambda does: its file is the argument, events come and answers go as messages. */
const { handler } = await import(process.argv[2] ?? '');

process.on('message', async (event) => process.send?.(await handler(event)));
process.send?.('ready');
