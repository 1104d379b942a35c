/**
 * Runs a function in a process of its own, as Lambda does: its file is the argument, events come as messages. With each
 * answer goes what was written on stdout until then: a pipe of its own could lag behind the answer.
 */
let log = '';
process.stdout.write = (chunk: string | Uint8Array) => {
  log += chunk;
  return true;
};
const { handler } = await import(process.argv[2] ?? '');

process.on('message', async (event) => process.send?.({ answer: await handler(event), log }));
process.send?.('ready');
