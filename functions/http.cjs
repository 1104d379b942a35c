// Bundles take this for node:http. An `import` of node:http loads all that it exports, a WebSocket client among it, and a cold
// start waits for that; this loads what is used.
module.exports = process.getBuiltinModule('node:http');
