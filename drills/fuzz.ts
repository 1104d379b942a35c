import { parseArgs } from 'node:util';
import { fuzz } from './fuzzing.ts';
import { parsers } from './parsers.ts';

const usage = `npm run fuzz [-- NAME …] [-- --cases N] [-- --seed N]
Gives every parser at the edge 100,000 texts or files that are nearly what it takes.
Names: ${parsers.map(({ name }) => `"${name}"`).join(', ')}.`;

/** How many cases each parser is given, if nothing else is said. */
const usualCases = 100_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { cases: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  const unknown = positionals.filter((each) => !parsers.some(({ name }) => name === each));
  const cases = Number(values.cases ?? usualCases);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  if (values.help === true || unknown.length > 0 || !(cases >= 1) || !Number.isInteger(seed)) {
    console.log(usage);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
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
