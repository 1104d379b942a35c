/**
 * An esbuild plugin that takes of a module of Node.js only what is imported from it. An `import` in the bundle would read all that the
 * module exports: of `node:http` a WebSocket client, of `node:process` the standard streams, of `node:fs` its promises.
 */
const bareBuiltins = {
  name: 'bare-builtins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) => {
      if (kind === 'import-statement') return { path, namespace: 'builtin', sideEffects: false };
      return kind === 'dynamic-import' ? { path, namespace: 'whole-builtin' } : undefined;
    });
    build.onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({ contents: takenFrom(path) }));
    // As CommonJS, whose exports are read when they are used: an `import()` wants all of them.
    build.onLoad({ filter: /^/, namespace: 'whole-builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
  },
};

/** A module with the exports of a builtin one, each read only if something imports it. */
function takenFrom(path) {
  const names = Object.getOwnPropertyNames(require(path)).filter((name) => /^[A-Za-z_]\w*$/.test(name));
  const own = names.filter((name) => name !== 'default');
  return [
    `const all = process.getBuiltinModule('${path}');`,
    'const take = (name) => all[name];',
    'export default all;',
    ...own.map((name) => `const _${name} = /* @__PURE__ */ take('${name}'); export { _${name} as ${name} };`),
  ].join('\n');
}

module.exports = bareBuiltins;
