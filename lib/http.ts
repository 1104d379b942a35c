import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type PostedForm, readForm } from './form.ts';

/** An HTTP request as a function gets it. */
export type Request = APIGatewayProxyEventV2;

/** An HTTP answer as a function gives it. */
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** A function of Lambda behind an HTTP API. */
export type HttpHandler = (event: Request) => Promise<HttpAnswer>;

/** A request without its body. */
export type Head = Omit<Request, 'body'>;

/** The parts of a webhook of the carrier. `Post` is a request as `read` has parsed it, once, when it arrived. */
export interface Webhook<Post> {
  /** Reads a request. `arrivedAt` is when it arrived, as `performance.now()` returns it. Must not throw. */
  read(event: Head, form: PostedForm, arrivedAt: number): Post;
  /** Whether the carrier signed the request. Requests that it did not sign are answered with 403 and go no further. */
  isSigned(post: Post): boolean | Promise<boolean>;
  answer(post: Post): HttpAnswer | Promise<HttpAnswer>;
  /** The answer if a signed request could not be answered. */
  apologise(post: Post, error: unknown): HttpAnswer;
  /** The answer if it could not be checked who sent the request. */
  apologiseUnchecked(post: Post, error: unknown): HttpAnswer;
}

/** A request on its way through a stack. */
interface Passing<Post> {
  readonly request: Request;
  readonly arrivedAt: number;
  post?: Post;
  signed?: true;
}

const forbidden: HttpAnswer = { statusCode: 403, body: 'Forbidden' };

const formType = /^application\/x-www-form-urlencoded(;.*)?$/i;
const noForm: PostedForm = { fields: {}, sorted: '' };

/** A function that serves a webhook with form posts, base64-encoded or plain. Its event is left as it was. */
export function serveWebhook<Post>(webhook: Webhook<Post>): HttpHandler {
  const stack = middy<Passing<Post>, HttpAnswer>({ timeoutEarlyInMillis: 0 })
    .before(({ event }) => {
      const { request, arrivedAt } = event;
      const post = webhook.read(request, formOf(request), arrivedAt);
      event.post = post;
      const signed = webhook.isSigned(post);
      return typeof signed === 'boolean' ? admit(event, signed) : signed.then((each) => admit(event, each));
    })
    .onError((passing) => {
      const { post, signed } = passing.event;
      // The carrier sends no body that cannot be read.
      if (post === undefined) passing.response = forbidden;
      else if (signed) passing.response = webhook.apologise(post, passing.error);
      else passing.response = webhook.apologiseUnchecked(post, passing.error);
    })
    // Middy makes an AbortController for its handler, which nobody here listens to: answered before it, a step takes none.
    .before(({ event: { post } }) => (post === undefined ? forbidden : webhook.answer(post)));
  return (request) => stack({ request, arrivedAt: performance.now() }, noContext);
}

const noContext = {} as Context;

/** What ends the way of a request that the carrier did not sign. */
function admit(event: { signed?: true }, signed: boolean): HttpAnswer | undefined {
  if (!signed) return forbidden;
  event.signed = true;
  return undefined;
}

function formOf({ headers, body, isBase64Encoded }: Request): PostedForm {
  if (body === undefined || !formType.test(headers['content-type'] ?? '')) return noForm;
  return readForm(isBase64Encoded ? fromBase64(body) : body);
}

/** Bodies are decoded here one after the other, as forms have some thousand bytes; a longer one takes room of its own. */
const decoding = Buffer.alloc(8192);

function fromBase64(body: string): string {
  if (body.length > decoding.length) return Buffer.from(body, 'base64').toString();
  return decoding.toString('utf8', 0, decoding.write(body, 'base64'));
}
