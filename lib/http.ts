import middy, { type MiddlewareObj } from '@middy/core';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

/** An HTTP request as a function gets it. */
export type Request = APIGatewayProxyEventV2;

/** An HTTP answer as a function gives it. */
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** A function of Lambda behind an HTTP API. */
export type HttpHandler = (event: Request) => Promise<HttpAnswer>;

/** A form as its parser hands it on: a field that stands there twice is a list. */
export type Form = Readonly<Record<string, string | string[] | undefined>>;

/** A request without its body. */
export type Head = Omit<Request, 'body'>;

/** What makes a stack one of the carrier's webhooks. `Post` is what the webhook makes of a request, once, when it arrives. */
export interface Webhook<Post> {
  /** Reads a request. `arrivedAt` is when it arrived, as `performance.now()` tells it. Must not throw. */
  read(event: Head, form: Form, arrivedAt: number): Post;
  /** Whether the carrier signed the request. Requests that it did not sign are answered with 403 and go no further. */
  isSigned(post: Post): boolean | Promise<boolean>;
  answer(post: Post): Promise<HttpAnswer>;
  /** The answer if a signed request could not be answered. */
  apologise(post: Post, error: unknown): HttpAnswer;
  /** The answer if it could not be checked who sent the request. */
  apologiseUnchecked(post: Post, error: unknown): HttpAnswer;
}

/** A request on its way through a stack: its parsed form stands in the place of its body. */
type Parsed<Post> = Omit<Request, 'body'> & {
  readonly arrivedAt: number;
  body?: string | Form;
  post?: Post;
  signed?: true;
};

const forbidden: HttpAnswer = { statusCode: 403, body: 'Forbidden' };

/** A function that serves a webhook with form posts, base64-encoded or plain. Its event is left as it was. */
export function serveWebhook<Post>(webhook: Webhook<Post>): HttpHandler {
  type Event = Parsed<Post>;
  const parser = httpUrlencodeBodyParser({ disableContentTypeError: true }) as MiddlewareObj<
    Event,
    HttpAnswer
  >;
  const stack = middy<Event, HttpAnswer>({ timeoutEarlyInMillis: 0 })
    .use(parser)
    .before(({ event }) => {
      const { body, arrivedAt } = event;
      const post = webhook.read(event, typeof body === 'object' ? body : {}, arrivedAt);
      event.post = post;
      const admit = (signed: boolean) => {
        if (!signed) return forbidden;
        event.signed = true;
        return undefined;
      };
      const signed = webhook.isSigned(post);
      return typeof signed === 'boolean' ? admit(signed) : signed.then(admit);
    })
    .onError((request) => {
      const { post, signed } = request.event;
      // The carrier sends no body that cannot be read.
      if (post === undefined) request.response = forbidden;
      else if (signed) request.response = webhook.apologise(post, request.error);
      else request.response = webhook.apologiseUnchecked(post, request.error);
    })
    .handler(async ({ post }) => (post === undefined ? forbidden : await webhook.answer(post)));
  // The form takes the body's place, and callers may hand the same event over twice.
  return async (event) => await stack({ ...event, arrivedAt: performance.now() }, {} as Context);
}
