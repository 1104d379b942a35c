// Bundles take this for the endpoint rules of the SDK's DynamoDB client, which also know endpoints for accounts and for searches: a Lambda
// calls the table of its own region, or AWS_ENDPOINT_URL_DYNAMODB. A test compares it with the SDK's own, region by region.
const suffixes = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^eusc-/, 'amazonaws.eu'],
  [/^us-iso-/, 'c2s.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'cloud.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov'],
  [/./, 'amazonaws.com'],
];

export function defaultEndpointResolver({ Region, Endpoint, UseFIPS, UseDualStack }) {
  if (UseFIPS || UseDualStack) {
    throw new Error('FIPS and dual-stack endpoints are left out of the bundles: see functions/endpoint.mjs.');
  }
  const [, suffix] = suffixes.find(([regions]) => regions.test(Region));
  return { url: new URL(Endpoint ?? `https://dynamodb.${Region}.${suffix}`), properties: {}, headers: {} };
}
