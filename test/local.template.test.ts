import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importHandlers } from '../local/aws/gateway.ts';
import { matchRoute } from '../local/aws/route.ts';
import { loadTemplate, type Route, readTemplate } from '../local/aws/template.ts';

const root = new URL('..', import.meta.url).pathname;

test('routes and the table come from serverless.yml', () => {
  const { routes, tables } = loadTemplate(join(root, 'serverless.yml'));
  expect(routes).toContainEqual({
    method: 'POST',
    path: '/voice/{proxy+}',
    name: 'voice',
    handler: 'functions/voice.handler',
  });
  expect(tables.Table).toMatchObject({ KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }] });
});

test('functions are imported by the handlers that routes name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-'));
  try {
    writeFileSync(join(folder, 'echo.ts'), 'export const handler = async (event: object) => event;');
    const route: Route = { method: 'GET', path: '/', name: 'echo', handler: 'echo.handler' };
    const handlers = await importHandlers(folder, [route, { ...route, method: 'POST' }]);
    expect([...handlers.keys()]).toEqual(['echo.handler']);
    const nothing = { ...route, handler: 'echo.nothing' };
    await expect(importHandlers(folder, [nothing])).rejects.toThrow(/echo\.ts exports no nothing/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('both spellings of an event, and the short forms of CloudFormation', () => {
  const { routes, tables } = readTemplate(`
functions:
  a: { handler: a.handler, events: [{ httpApi: 'get /a' }, { httpApi: '*' }, { schedule: rate(1 day) }] }
  b: { handler: b.handler, events: [{ httpApi: { method: any, path: /b } }] }
resources:
  Resources:
    T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: !Sub '\${AWS::StackName}-t', Tags: !Split [',', 'a'] } }
    B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: !GetAtt T.Arn } }
`);
  expect(routes.map(({ method, path, name }) => `${name}: ${method} ${path}`)).toEqual([
    'a: GET /a',
    'a: * *',
    'b: * /b',
  ]);
  expect(tables).toEqual({
    T: { TableName: { 'Fn::Sub': '${AWS::StackName}-t' }, Tags: { 'Fn::Split': [',', 'a'] } },
  });
});

test.each([
  ['functions: { a: { events: [{ httpApi: GET /a }] } }', /function a has no handler/],
  ['functions: { a: { handler: x.y, events: [{ httpApi: { path: /a } }] } }', /a has an httpApi event/],
  ['functions: [', /flow/i],
])('a template that cannot be read says why: %s', (text, message) => {
  expect(() => readTemplate(text)).toThrow(message);
});

test('a missing template is named', () => {
  expect(() => loadTemplate('/nowhere/serverless.yml')).toThrow(/^\/nowhere\/serverless.yml: /);
});

test('the most specific route wins, as at an HTTP API', () => {
  const routes = [
    'POST /a/{proxy+}',
    'ANY /a/{id}',
    'GET /a/{id}',
    'GET /a/b',
    'GET /a/{id}/c',
    '$default',
  ].map((key): Route => {
    const [method = '', path = '*'] = key.replace('ANY', '*').split(' ');
    return { method: path === '*' ? '*' : method, path, name: key, handler: '' };
  });
  const chosen = (method: string, path: string) => {
    const match = matchRoute(routes, method, path);
    return [match?.routeKey, match?.pathParameters];
  };
  expect(chosen('GET', '/a/b')).toEqual(['GET /a/b', {}]);
  expect(chosen('GET', '/a/x')).toEqual(['GET /a/{id}', { id: 'x' }]);
  expect(chosen('PUT', '/a/b')).toEqual(['ANY /a/{id}', { id: 'b' }]);
  expect(chosen('GET', '/a/x/c')).toEqual(['GET /a/{id}/c', { id: 'x' }]);
  expect(chosen('POST', '/a/x/c')).toEqual(['POST /a/{proxy+}', { proxy: 'x/c' }]);
  expect(chosen('GET', '/a/')).toEqual(['$default', {}]);
  expect(matchRoute(routes.slice(0, -1), 'GET', '/b')).toBeUndefined();
});
