import fc from 'fast-check';

/** Characters that parsers stumble over: ends, escapes, controls, invisible and half ones, other digits. */
const nasty = [
  ...[
    '',
    '\0',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '"',
    "'",
    '\\',
    '/',
    '&',
    '=',
    '%',
    '%0',
    '%zz',
    '+',
    '#',
    '*',
    '?',
    '~',
    '.',
    '-',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '${',
    ':',
    ',',
    '__proto__',
    'constructor',
    'null',
    'true',
    '1e999',
    '-0',
  ],
  ...[
    '9'.repeat(40),
    'a'.repeat(300),
    '\u202e',
    '\u200b',
    '\ufeff',
    '\ud800',
    '１',
    '٣',
    '\u{1f600}',
    '\u2028',
    '电',
  ],
];

/** One change of a text: at a place (0–1), so much is cut, and this is put there. */
const change = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat({ max: 12 }),
  fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 4, unit: 'binary' })),
);

/** Texts that are nearly what a parser takes: one of the seeds with up to five changes, and now and then anything. */
export function textsNear(seeds: readonly string[]): fc.Arbitrary<string> {
  const near = fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 5 }))
    .map(([seed, changes]) => changes.reduce(changed, seed));
  return fc.oneof({ arbitrary: near, weight: 9 }, { arbitrary: fc.string({ unit: 'binary' }), weight: 1 });
}

function changed(text: string, [place, cut, put]: readonly [number, number, string]): string {
  const at = Math.floor(place * text.length);
  return text.slice(0, at) + put + text.slice(at + cut);
}

/** Bytes that are nearly what a parser takes. */
export function bytesNear(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const byteChange = fc.tuple(
    // Most of what decides stands in the head.
    fc.oneof(fc.double({ min: 0, max: 0.02, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    fc.nat({ max: 8 }),
    fc.uint8Array({ maxLength: 8 }),
  );
  const near = fc
    .tuple(fc.constantFrom(...seeds), fc.array(byteChange, { minLength: 1, maxLength: 6 }))
    .map(([seed, changes]) =>
      changes.reduce((bytes, [place, cut, put]) => {
        const at = Math.floor(place * bytes.length);
        return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)]);
      }, seed),
    );
  return fc.oneof(
    { arbitrary: near, weight: 9 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 1 },
  );
}

/** Values that replace others in JSON. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', [], {}, '${x}', '__proto__', ['a'], {
    type: 'start',
  }),
  fc.string({ maxLength: 8, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One change of a document: on the way to a place, by how far along each level it is, the value there becomes another or goes. */
const valueChange = fc.tuple(
  fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 6 }),
  fc.option(odd, { nil: undefined, freq: 4 }),
);

/** Documents that are nearly what a parser takes: one of the seeds, in which up to four values are others, or gone. */
export function valuesNear(seeds: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(valueChange, { minLength: 1, maxLength: 4 }))
    .map(([seed, changes]) => {
      const document = structuredClone(seed);
      for (const [way, value] of changes) changeValue(document, way, value);
      return document;
    });
}

function changeValue(document: unknown, way: readonly number[], value: unknown): void {
  let at = document as Record<string, unknown>;
  for (const [level, place] of way.entries()) {
    const keys = Object.keys(at);
    const key = keys[Math.floor(place * keys.length)];
    if (key === undefined) return;
    const inner = at[key];
    if (level < way.length - 1 && typeof inner === 'object' && inner !== null) {
      at = inner as Record<string, unknown>;
      continue;
    }
    if (value === undefined) delete at[key];
    else at[key] = value;
    return;
  }
}
