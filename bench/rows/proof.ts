import { check } from '../../lib/engine/check.ts';
import { lint } from '../../lib/proof/lint.ts';
import { prove } from '../../lib/proof/prove.ts';
import { playScript } from '../../lib/proof/run.ts';
import { drawing, sizes } from '../drawing.ts';
import { median, race, ratio, timedSync } from '../race.ts';
import type { Line } from '../report.ts';

/** A call of six lines against the bench's flows. */
const call = '# Back to the first menu\n> arrived\n< …\n> pressed 9\n< …\n= goes on\n';

/** How many calls are played at once. */
const calls = 100;

/** Call scripts a second, and what it takes to check, prove and lint a flow beside reading its JSON. */
export async function measure(): Promise<Line[]> {
  const script = Array.from({ length: calls }, () => call).join('\n');
  const flow = drawing(50);
  const played = await race({ script: timedSync(1, () => playScript(flow, script)) }, 30);
  const wall = median(played.script.map((cost) => cost.wall));
  return [
    { what: 'call scripts: calls of two steps', measured: (calls * 1e6) / wall, unit: 'a second' },
    ...(await Promise.all(sizes.map(ofSize))).flat(),
  ];
}

/** A flow is made again for each run: what was found out of one is remembered. */
async function ofSize(nodes: number): Promise<Line[]> {
  const json = JSON.stringify(drawing(nodes));
  const times = nodes > 100 ? 1 : 10;
  const rounds = nodes > 100 ? 5 : 20;
  const samples = await race(
    {
      parse: timedSync(times, () => JSON.parse(json)),
      check: timedSync(times, () => check(JSON.parse(json))),
      prove: timedSync(times, () => prove(JSON.parse(json))),
      lint: timedSync(times, () => lint(JSON.parse(json))),
    },
    rounds,
  );
  const base = samples.parse.map(({ cpu }) => cpu);
  return (['check', 'prove', 'lint'] as const).map((what) => ({
    what: `${what}, ${nodes.toLocaleString('en-US')} nodes`,
    measured: median(samples[what].map(({ cpu }) => cpu)) / 1000,
    unit: 'ms',
    ratio: ratio(
      samples[what].map(({ cpu }) => cpu),
      base,
    ),
    beside: 'JSON.parse of the flow',
  }));
}
