#!/usr/bin/env node
// `npx branchline …` from a clone. It may be started by a Node that cannot run TypeScript, so it hands over to the one that
// npm ci installed.
const { spawnSync } = require('node:child_process');
const { resolve } = require('node:path');

const root = resolve(__dirname, '..');
const windows = process.platform === 'win32';
const node = resolve(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');
const { status, signal, error } = spawnSync(
  node,
  [resolve(__dirname, 'branchline.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', shell: windows },
);
if (error) {
  console.error(`branchline: run npm ci in ${root} first (${error.message}).`);
}
process.exitCode = signal === null ? (status ?? 1) : 130;
