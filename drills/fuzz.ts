import { parseArgs } from 'node:util';
import { readWords } from '../local/usage.ts';
import { fuzz } from './fuzzing.ts';
import { parsers } from './parsers.ts';

const usage = `npm run fuzz [-- NAME …] [-- --cases N] [-- --seed N]
Gives every parser at the edge 100,000 texts or files that are nearly what it takes.
Names: ${parsers.map(({ name }) => `"${name}"`).join(', ')}.`;

/** How many cases each parser is given, if nothing else is said. */
const usualCases = 100_000;

function wordsOf() {
  const words = parseArgs({
    allowPositionals: true,
    options: { cases: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  const { values, positionals } = words;
  const unknown = positionals.filter((each) => !parsers.some(({ name }) => name === each));
  if (unknown.length > 0) throw new Error(`There is no parser ${unknown.join(', ')}.`);
  if (!/^[1-9][0-9]*$/.test(values.cases ?? '1')) throw new Error('--cases takes a whole number from 1 on.');
  if (!/^[0-9]{1,15}$/.test(values.seed ?? '1')) throw new Error('--seed takes a whole number.');
  return words;
}

async function main(): Promise<void> {
  const words = readWords(usage, wordsOf);
  if (words === undefined) return;
  const { values, positionals } = words;
  const cases = Number(values.cases ?? usualCases);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  let wrong = 0;
  for (const parser of parsers) {
    if (positionals.length > 0 && !positionals.includes(parser.name)) continue;
    const found = await fuzz(parser, cases, seed);
    if (found.fault !== undefined) wrong += 1;
    console.log(
      `${found.fault === undefined ? 'ok   ' : 'WRONG'} ${parser.name.padEnd(24)} ${cases.toLocaleString('en-US')} cases, ${(found.ms / 1000).toFixed(1)} s${found.fault === undefined ? '' : `\n${found.fault}`}`,
    );
  }
  console.log(`\nSeed ${seed}. ${wrong === 0 ? 'Nothing is wrong.' : `${wrong} parsers are wrong.`}`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

await main();
