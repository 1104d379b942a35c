// What serverless-esbuild takes as `plugins`: a list of esbuild's.
module.exports = [require('./sdk.cjs'), require('./maps.cjs')];
