// The plugins of esbuild, in the one file that serverless-esbuild takes.
module.exports = [require('./builtins.cjs'), require('./sdk.cjs'), require('./maps.cjs')];
