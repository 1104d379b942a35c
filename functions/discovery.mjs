// Bundles take this for the AWS SDK's endpoint discovery, which DynamoDB has only in its client: it is off unless it is configured,
// and would be the one user of two packages of caches.
const off = () => false;
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: off,
  configFileSelector: off,
  default: false,
};
export const resolveEndpointDiscoveryConfig = (config) => ({
  ...config,
  endpointDiscoveryEnabled: async () => false,
});
