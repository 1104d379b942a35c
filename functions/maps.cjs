const { readFile, writeFile } = require('node:fs/promises');
const { decode, encode } = require('@jridgewell/sourcemap-codec');

/**
 * An esbuild plugin that cuts each source map down to what an error line needs: the file and line of our own source
 * (`lib/…`, `functions/…`). A whole map takes as long to load at a cold start as the bundle beside it; this is a twentieth.
 */
const ownLines = {
  name: 'own-lines',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(async ({ metafile }) => {
      const maps = Object.keys(metafile?.outputs ?? {}).filter((path) => path.endsWith('.map'));
      await Promise.all(maps.map((path) => rewrite(path)));
    });
  },
};

async function rewrite(path) {
  const map = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify(cut(map)));
}

/** The same map with no places but the first of each line of our source, and of what is not ours. */
function cut({ sources, mappings }) {
  const own = sources.map(
    (source) => /^(?!.*node_modules\/)(?:.*\/)?((?:lib|functions)\/.*)$/.exec(source)?.[1],
  );
  const kept = own.filter((source) => source !== undefined);
  const lines = decode(mappings).map((segments) => {
    let last;
    return segments.flatMap(([column, source, line]) => {
      const name = source === undefined ? undefined : own[source];
      const key = name === undefined ? undefined : `${name}:${line}`;
      if (key === last) return [];
      last = key;
      return [name === undefined ? [column] : [column, kept.indexOf(name), line, 0]];
    });
  });
  return { version: 3, sources: kept, names: [], mappings: encode(lines) };
}

module.exports = ownLines;
