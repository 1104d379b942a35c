import * as v from 'valibot';
import { nameText } from '../flow/name.ts';
import { requestMethods } from '../flow/request.ts';
import { noList } from './input.ts';

/** The input for a connection. */
export const ConnectionInput = v.strictObject({
  name: nameText(100),
  url: v.pipe(
    v.string('must be a URL'),
    v.maxLength(1000, 'is longer than 1,000 characters'),
    v.description('https, without a query: `https://crm.example.com/v1`'),
  ),
  headers: v.exactOptional(
    v.pipe(
      noList(
        v.record(
          v.string(),
          v.pipe(v.string('must be a text'), v.maxLength(4096, 'is longer than 4,096 characters')),
          'must be an object: { "Authorization": "Bearer …" }',
        ),
      ),
      v.description('Sent with each request. Values are written only: `…` keeps the old one'),
    ),
  ),
});

/** A request with which an admin tries a connection. */
export const TryInput = v.strictObject({
  method: v.picklist(requestMethods, 'must be GET, POST, PUT or PATCH'),
  path: v.pipe(v.string('must be a path'), v.maxLength(1000, 'is longer than 1,000 characters')),
  body: v.exactOptional(v.pipe(v.any(), v.description('JSON that is sent'))),
});
