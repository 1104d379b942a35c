import { text } from 'node:stream/consumers';
import { startServer } from './server.ts';

/** AWS's accounts of who asks, which functions run and which stacks stand, as commands ask for them. */
export interface StageAws {
  readonly endpoint: string;
  close(): Promise<void>;
}

const bucket = '<member><OutputKey>AudioBucket</OutputKey><OutputValue>audio</OutputValue></member>';

/** What Lambda, STS and CloudFormation answer about a stage, by what is in a request's path and body. */
const answers: readonly (readonly [asked: RegExp, type: string, body: string])[] = [
  [
    /functions\/branchline-\w+-\w+\/configuration/,
    'application/json',
    '{"Environment":{"Variables":{"RETAIN_DAYS":"30","SPEECH":"carrier"}}}',
  ],
  [
    /Action=GetCallerIdentity/,
    'text/xml',
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
  ],
  [
    /Action=DescribeStacks/,
    'text/xml',
    `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><Outputs>${bucket}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ],
];

/** Starts them on one port. */
export async function startStageAws(): Promise<StageAws> {
  const server = await startServer(async (request, response) => {
    const asked = `${request.url} ${await text(request)}`;
    const [, type = 'text/plain', body = asked] = answers.find(([pattern]) => pattern.test(asked)) ?? [];
    response.writeHead(type === 'text/plain' ? 400 : 200, { 'content-type': type }).end(body);
  });
  return {
    endpoint: server.url,
    close: server.close,
  };
}
