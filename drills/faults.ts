import {
  answering,
  answeringTwice,
  answersLost,
  cutShort,
  delayed,
  dribbling,
  dropped,
  everySecondAnswerLost,
  everySecondDropped,
  type Fault,
  halfThenSilence,
  hanging,
} from './proxy.ts';

/** An error as DynamoDB answers it. */
function aws(status: number, name: string): Fault {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name };
  return answering(status, body, { 'content-type': 'application/x-amz-json-1.0' });
}

/** What may be wrong with the database, by what the page says of it. */
export const databaseFaults: Readonly<Record<string, Fault>> = {
  'connections are cut': dropped,
  'no answer ever': hanging,
  '0.3 s late': delayed(300),
  '1.5 s late': delayed(1500),
  '3 s late': delayed(3000),
  'every answer is lost': answersLost,
  'every second answer is lost': everySecondAnswerLost,
  'every second request is cut': everySecondDropped,
  'answers are cut short': cutShort,
  'half an answer, then silence': halfThenSilence,
  '20 bytes a second': dribbling,
  throttled: aws(400, 'ThrottlingException'),
  'over its throughput': aws(400, 'ProvisionedThroughputExceededException'),
  'error 500': aws(500, 'InternalServerError'),
  'error 503': aws(503, 'ServiceUnavailable'),
  'access denied': aws(400, 'AccessDeniedException'),
  'no such table': aws(400, 'ResourceNotFoundException'),
  'expired credentials': aws(400, 'ExpiredTokenException'),
  'a page of HTML': answering(200, '<html></html>', { 'content-type': 'text/html' }),
  'empty answers': answering(200, ''),
};

/** An error as the carrier answers it. */
function carrier(status: number, code: number): Fault {
  return answering(status, { status, code, message: 'refused', more_info: '' });
}

/** What may be wrong with the carrier's REST API. */
export const carrierFaults: Readonly<Record<string, Fault>> = {
  'connections are cut': dropped,
  'no answer ever': hanging,
  '1 s late': delayed(1000),
  '5 s late': delayed(5000),
  'every answer is lost': answersLost,
  'answers are cut short': cutShort,
  'every answer comes twice': answeringTwice,
  '301, a redirect': answering(301, '', { location: 'http://127.0.0.1:9/' }),
  '401, a wrong token': carrier(401, 20003),
  '403, a suspended account': carrier(403, 20005),
  '404': carrier(404, 20404),
  '408': carrier(408, 20408),
  '429, too many requests': carrier(429, 20429),
  '400, a country that is not allowed': carrier(400, 21215),
  '500': carrier(500, 20500),
  '503': carrier(503, 20503),
  '201 without an id': answering(201, {}),
  '200, a page of HTML': answering(200, '<html></html>', { 'content-type': 'text/html' }),
};

/** An error as S3 answers it. */
function s3(status: number, code: string): Fault {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
  return answering(status, body, { 'content-type': 'application/xml' });
}

/** What may be wrong with the storage of recordings. */
export const storageFaults: Readonly<Record<string, Fault>> = {
  'connections are cut': dropped,
  'no answer ever': hanging,
  '3 s late': delayed(3000),
  'every answer is lost': answersLost,
  'every second answer is lost': everySecondAnswerLost,
  'every second request is cut': everySecondDropped,
  '500, an internal error': s3(500, 'InternalError'),
  '503, slow down': s3(503, 'SlowDown'),
  '403, access denied': s3(403, 'AccessDenied'),
  '400, an expired token': s3(400, 'ExpiredToken'),
  '404, no such bucket': s3(404, 'NoSuchBucket'),
};
