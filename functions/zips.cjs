const { readFile, writeFile } = require('node:fs/promises');
const { unzipSync, zipSync } = require('fflate');

/**
 * A plugin of Serverless that packs the zips anew, as tight as their format allows: serverless-esbuild packs them for speed, a
 * tenth larger. Lambda fetches and unpacks the zip at each cold start.
 */
class TightZips {
  constructor(serverless) {
    this.hooks = { 'after:package:createDeploymentArtifacts': () => packAll(serverless.service) };
  }
}

/** What a zip says of its files: of no time, so that the same code makes the same zip; readable for whoever unpacks it on Linux. */
const options = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 };

async function packAll(service) {
  const zips = service.getAllFunctions().map((name) => service.getFunction(name).package?.artifact);
  for (const zip of new Set(zips.filter((path) => path !== undefined))) {
    await writeFile(zip, zipSync(unzipSync(await readFile(zip)), options));
  }
}

module.exports = TightZips;
