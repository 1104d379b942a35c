import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzz } from '../drills/fuzzing.ts';
import { type Parser, parsers } from '../drills/parsers.ts';

/** `npm run fuzz` gives each parser 100,000 cases; here it is given these, the same in each run. */
const cases = 300;
const seed = 20_260_701;

test.each(parsers)('$name', async (parser) => {
  expect((await fuzz(parser, cases, seed)).fault).toBeUndefined();
});

test('a parser that throws is found, with the smallest text that does it', async () => {
  const property = () =>
    fc.property(fc.string(), (text) => {
      if (text.includes('%')) throw new Error('no escape');
    }) as fc.IRawProperty<unknown>;
  const parser: Parser = { name: 'bad', property };
  expect((await fuzz(parser, 10_000, seed)).fault).toMatch(/Counterexample: \["%"\]/);
});
