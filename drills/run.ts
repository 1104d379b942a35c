import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readWords } from '../local/usage.ts';
import { drillClocks } from './clocks.ts';
import { drillDelivery } from './delivery.ts';
import { carrierFaults, databaseFaults, storageFaults } from './faults.ts';
import { drillFreeze } from './freeze.ts';
import { drillKill } from './kill.ts';
import { pageOf } from './page.ts';
import { drillRelease } from './release.ts';
import type { DrillRow } from './row.ts';
import { situations } from './situations.ts';
import { type Case, drillWebhooks } from './webhooks.ts';

const usage = `npm run drills [-- NAME …] [-- --kills N]
Tries every webhook with every fault, and what else may go wrong. Without names all are run, and docs/reliability.md is written.
Names: database, carrier, storage, delivery, freeze, clocks, release, kill.`;

const page = fileURLToPath(new URL('../docs/reliability.md', import.meta.url));

/** How often the stack is killed, if nothing else is said. */
const usualKills = 30;

/** Only what stores something there meets its faults. */
const storagePlan = {
  where: 'storage',
  faults: storageFaults,
  names: situations.filter(({ by }) => by === 'media').map(({ name }) => name),
} as const;

function wordsOf() {
  const words = parseArgs({
    allowPositionals: true,
    options: { kills: { type: 'string' }, help: { type: 'boolean' } },
  });
  const known = ['database', 'carrier', 'storage', ...Object.keys(rowsOf(usualKills))];
  const unknown = words.positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no drill ${unknown.join(', ')}.`);
  if (!/^[1-9][0-9]*$/.test(words.values.kills ?? '1'))
    throw new Error('--kills takes a whole number from 1 on.');
  return words;
}

async function main(): Promise<void> {
  const words = readWords(usage, wordsOf);
  if (words === undefined) return;
  const { values, positionals } = words;
  const kills = Number(values.kills ?? usualKills);
  const isAsked = (name: string) => positionals.length === 0 || positionals.includes(name);
  const cases = {
    database: isAsked('database') ? await drillWebhooks({ where: 'database', faults: databaseFaults }) : [],
    carrier: isAsked('carrier') ? await drillWebhooks({ where: 'carrier', faults: carrierFaults }) : [],
    storage: isAsked('storage') ? await drillWebhooks(storagePlan) : [],
  };
  for (const [where, tried] of Object.entries(cases)) tellCases(where, tried);
  const rows: DrillRow[] = [];
  for (const [name, drill] of Object.entries(rowsOf(kills))) {
    if (!isAsked(name)) continue;
    const found = await drill();
    for (const row of found) tellRow(row);
    rows.push(...found);
  }
  const count = [...Object.values(cases).flat(), ...rows].reduce(
    (all, { problems }) => all + problems.length,
    0,
  );
  if (positionals.length === 0) {
    const by = `${cpus().length} cores and Node ${process.versions.node}`;
    writeFileSync(page, pageOf({ cases, rows, by }));
    console.log('\ndocs/reliability.md is written.');
  }
  console.log(count === 0 ? '\nNothing is wrong.' : `\n${count} things are wrong.`);
  process.exitCode = count === 0 ? 0 : 1;
}

function rowsOf(kills: number): Readonly<Record<string, () => Promise<DrillRow[]>>> {
  return {
    delivery: drillDelivery,
    freeze: drillFreeze,
    clocks: drillClocks,
    release: drillRelease,
    kill: () => drillKill(kills),
  };
}

function tellCases(where: string, cases: readonly Case[]): void {
  if (cases.length === 0) return;
  const slowest = Math.max(...cases.map(({ answered }) => answered.ms));
  console.log(
    `\n${where}: ${cases.length} webhooks, ${cases.filter(({ met }) => met).length} met a fault, the slowest answer took ${Math.round(slowest)} ms`,
  );
  for (const { situation, fault, warm, problems } of cases) {
    for (const problem of problems)
      console.log(`  WRONG ${situation.name}, ${fault}, ${warm ? 'warm' : 'cold'}: ${problem}`);
  }
}

function tellRow({ what, came, problems }: DrillRow): void {
  console.log(`\n${what}\n  ${came}`);
  for (const problem of problems) console.log(`  WRONG ${problem}`);
}

await main();
