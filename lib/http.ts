import middy, { type MiddlewareObj } from '@middy/core';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

/** An HTTP request as a function gets it. */
export type Request = APIGatewayProxyEventV2;

/** An HTTP answer as a function gives it. */
export type Answer = APIGatewayProxyStructuredResultV2;

/** A function of Lambda behind an HTTP API. */
export type HttpHandler = (event: Request) => Promise<Answer>;

/** A form as its parser hands it on: a field that stands there twice is a list. */
export type Form = Readonly<Record<string, string | string[] | undefined>>;

/** A request but for its body. */
export type Head = Omit<Request, 'body'>;

/** What makes a stack one of the carrier's webhooks. */
export interface Webhook {
  /** Whether the carrier signed the request. Requests that it did not sign are answered with 403 and go no further. */
  isSigned(event: Head, form: Form): boolean | Promise<boolean>;
  answer(event: Head, form: Form): Answer | Promise<Answer>;
  /** The answer where something of ours failed: the signature could not be checked, or the request not be answered. */
  apologise(event: Head, form: Form, error: unknown): Answer;
}

/** A request on its way through a stack: its parsed form stands in the place of its body. */
type Parsed = Omit<Request, 'body'> & { body?: string | Form };

const forbidden: Answer = { statusCode: 403, body: 'Forbidden' };

/** A function that serves a webhook with form posts, base64-encoded or plain. Its event is left as it was. */
export function serveWebhook(webhook: Webhook): HttpHandler {
  const parser = httpUrlencodeBodyParser({ disableContentTypeError: true }) as MiddlewareObj<Parsed, Answer>;
  const stack = middy<Parsed, Answer, Error, Context, { readable?: true }>({
    timeoutEarlyInMillis: 0,
  })
    .use(parser)
    .before(({ event, internal }) => {
      internal.readable = true;
      const signed = webhook.isSigned(event, formOf(event));
      return typeof signed === 'boolean' ? refusal(signed) : signed.then(refusal);
    })
    .onError((request) => {
      const { event, error, internal } = request;
      // The carrier sends no body that cannot be read.
      request.response = internal.readable ? webhook.apologise(event, formOf(event), error) : forbidden;
    })
    .handler(async (event) => await webhook.answer(event, formOf(event)));
  // The form takes the body's place, and whoever calls may hand the same event over twice.
  return async (event) => await stack({ ...event }, {} as Context);
}

/** The answer that ends the way of a request; nothing where it may go on. */
function refusal(signed: boolean): Answer | undefined {
  return signed ? undefined : forbidden;
}

/** The form of a request; nothing where it has none. */
function formOf({ body }: Parsed): Form {
  return typeof body === 'object' ? body : {};
}
