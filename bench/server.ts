import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { createGateway } from '../local/aws/gateway.ts';
import { loadTemplate } from '../local/aws/template.ts';
import { publicUrl } from './webhook.ts';

// Serves on a free loopback port and tells its parent which: the packaged function behind the gateway, or bare bytes.
const [, , kind, what = ''] = process.argv;
const server = kind === 'gateway' ? await gateway(what) : bare(what);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

async function gateway(module: string): Promise<Server> {
  const { routes } = loadTemplate('serverless.yml');
  const { handler } = await import(pathToFileURL(module).href);
  const handlers = new Map([['functions/voice.handler', handler]]);
  return createGateway({ routes, handlers, publicUrl: new URL(publicUrl) });
}

function bare(body: string): Server {
  const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': Buffer.byteLength(body) };
  return createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(body));
  });
}
