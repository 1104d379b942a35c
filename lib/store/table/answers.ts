import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InternalError } from '../../errors.ts';

/**
 * Makes a client refuse answers that are not DynamoDB's own. DynamoDB puts its request id on each; to the SDK an empty answer with the
 * status 200, as a broken proxy sends it, is a write that was done and a read that found nothing.
 */
export function refuseForeignAnswers({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers, statusCode } = Object(result.response) as Answer;
      if (statusCode === 200 && headers?.['x-amzn-requestid'] === undefined)
        throw new InternalError(
          'table-foreign',
          'An answer came that is not of DynamoDB: it has no request id.',
        );
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'foreignAnswers' },
  );
}

interface Answer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
