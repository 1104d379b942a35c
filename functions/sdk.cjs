const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const modules = join(__dirname, '../node_modules');
const core = '@smithy/core/dist-es/submodules';

/** What a Lambda never runs of the AWS SDK, file by file, and what bundles take in its place. */
const leftOut = {
  // For browsers: Node.js has SHA-256 itself.
  [`${core}/checksum/sha256/Sha256Js.js`]: 'export class Sha256Js {}',
  // Signs messages of event streams, of which there are none: see streams.mjs.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': 'export class HeaderFormatter {}',
  // Runs with AWS_RETRY_MODE=adaptive only.
  [`${core}/retry/util-retry/AdaptiveRetryStrategy.js`]: `export class AdaptiveRetryStrategy {
    constructor() { throw new Error('AWS_RETRY_MODE=adaptive is left out of the bundles: see functions/sdk.cjs.'); }
  }`,
  [`${core}/retry/util-retry/DefaultRateLimiter.js`]: 'export class DefaultRateLimiter {}',
  // ~/.aws/config and ~/.aws/credentials are files of a laptop: a Lambda is set up by its environment.
  [`${core}/config/shared-ini-file-loader/loadSharedConfigFiles.js`]: `
    export { CONFIG_PREFIX_SEPARATOR } from './constants';
    export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  // Asks the machine for its region. On Lambda it stands in the environment, and there is nobody to ask.
  [`${core}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`]:
    'export const getInstanceMetadataRegion = async () => undefined;',
  // Also knows files that are sent as a stream, whose class loads the promises of `node:fs`. What is sent here is in memory.
  [`${core}/serde/util-body-length/calculateBodyLength.js`]: `
    export const calculateBodyLength = (body) => body ? Buffer.byteLength(body) : 0;`,
  '@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js': readFileSync(
    join(__dirname, 'endpoint.mjs'),
    'utf8',
  ),
};

/** An esbuild plugin that leaves these files out; of the `package.json` of each client it takes the version, which is all that is read. */
const slimSdk = {
  name: 'slim-sdk',
  setup(build) {
    for (const [name, contents] of Object.entries(leftOut)) {
      const path = join(modules, name);
      if (!existsSync(path)) throw new Error(`functions/sdk.cjs leaves out ${name}, which is not there.`);
      build.onLoad({ filter: new RegExp(`${name.replaceAll('.', '\\.')}$`) }, () => ({
        contents,
        resolveDir: join(path, '..'),
      }));
    }
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => ({
      contents: JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version }),
      loader: 'json',
    }));
  },
};

module.exports = slimSdk;
