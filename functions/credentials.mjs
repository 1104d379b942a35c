// Bundles take this for the AWS SDK's chain of credential providers. On Lambda credentials stand in the environment, where the chain
// looks first: what it would try after that is code that a cold start loads and never runs.
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
