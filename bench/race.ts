/** One way of doing the work: takes a sample of it. */
export type Runner<Sample> = () => Promise<Sample>;

/** What a sample of repeated work took, in microseconds of each run. */
export interface Cost {
  /** By the clock: what a caller waits. */
  readonly wall: number;
  /** Of this process on the processor, all its threads: what is left when nothing is waited for. */
  readonly cpu: number;
}

/**
 * Takes a sample of every runner in every round, so that whatever else the machine does strikes all of them alike. Each round
 * has another order; the first round warms up and is dropped.
 */
export async function race<Name extends string, Sample>(
  runners: Readonly<Record<Name, Runner<Sample>>>,
  rounds: number,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(runners) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of order(names, round)) {
      const sample = await runners[name]();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** The order of a round: it begins with the next one each time; once all have begun, they go the other way round. */
export function order<Name>(names: readonly Name[], round: number): Name[] {
  const start = round % names.length;
  const turned = [...names.slice(start), ...names.slice(0, start)];
  return Math.floor(round / names.length) % 2 === 0 ? turned : turned.reverse();
}

/** A runner that does the work several times in a row. */
export function timed(times: number, work: () => Promise<unknown>): Runner<Cost> {
  return async () => {
    const since = now();
    for (let run = 0; run < times; run += 1) await work();
    return costOf(since, times);
  };
}

/** The same for work that is done at once: awaiting it would cost more than it does. */
export function timedSync(times: number, work: () => unknown): Runner<Cost> {
  return async () => {
    const since = now();
    for (let run = 0; run < times; run += 1) work();
    return costOf(since, times);
  };
}

function now() {
  return { cpu: process.cpuUsage(), at: process.hrtime.bigint() };
}

function costOf(since: ReturnType<typeof now>, times: number): Cost {
  const wall = Number(process.hrtime.bigint() - since.at) / 1000;
  const { user, system } = process.cpuUsage(since.cpu);
  return { wall: wall / times, cpu: (user + system) / times };
}

/** The middle of the values; of an even count the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** The median of the ratios round by round: what slowed a whole round down falls out. */
export function ratio(values: readonly number[], beside: readonly number[]): number {
  return median(values.map((value, round) => value / (beside[round] ?? Number.NaN)));
}
