import { type Flow, nodeOf } from '../flow/flow.ts';
import { firstCharacters } from '../flow/length.ts';
import type { Problem } from '../flow/problem.ts';
import { nodeTypes } from '../nodes/index.ts';
import type { Facts } from './facts.ts';
import { exitsOf, longestWalk, reachedFrom, startsOf, waitsAt } from './graph.ts';
import { walksOf } from './walklengths.ts';

/** Problems of the paths through a flow, which may have at most `mostNodes` nodes. */
export function* checkWalks(flow: Flow, facts: Facts): Iterable<Problem> {
  const starts = startsOf(flow);
  yield* checkStarts(starts);
  yield* checkTargets(flow);
  if (starts.length === 1) yield* checkReach(flow, starts);
  yield* checkWaits(flow, starts, facts);
}

function checkStarts(starts: readonly string[]): Problem[] {
  if (starts.length === 0) {
    const type = nodeTypes.find((each) => each.begins)?.type ?? '';
    const message = `The flow has no ${type}: add a node of type \`${type}\`, where calls begin.`;
    return [{ rule: 'no-start', severity: 'error', field: 'nodes', message }];
  }
  return starts.slice(1).map((node): Problem => {
    const message = `Calls begin at \`${starts[0]}\` already: keep one start and delete the other.`;
    return { rule: 'two-starts', severity: 'error', node, message };
  });
}

function* checkTargets(flow: Flow): Iterable<Problem> {
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [exit, target] of exitsOf(node)) {
      if (nodeOf(flow, target) !== undefined) continue;
      const message = `The exit \`${exit}\` leads to \`${firstCharacters(target, 80)}\`, which is not a node of this flow: connect it to one that is.`;
      yield { rule: 'exit-to-nowhere', severity: 'error', node: id, field: `exits.${exit}`, message };
    }
  }
}

function checkReach(flow: Flow, starts: readonly string[]): Problem[] {
  const reached = reachedFrom(flow, starts);
  return Object.keys(flow.nodes)
    .filter((id) => !reached.has(id))
    .map((node): Problem => {
      const message = 'No call can come to this node: connect an exit to it, or delete it.';
      return { rule: 'unreachable', severity: 'warning', node, message };
    });
}

function checkWaits(flow: Flow, starts: readonly string[], facts: Facts): Problem[] {
  const { lengthOf, after, cycles, unentered } = walksOf(flow, facts);
  const problems = cycles.map(({ node, exit, target }): Problem => {
    const message = `The exit \`${exit}\` leads back to \`${target}\`, and nothing on the way waits for the caller: the call would go round in circles.`;
    return { rule: 'endless', severity: 'error', node, field: `exits.${exit}`, message };
  });
  for (const { node, exit, flow: other } of unentered) {
    const message = `If \`${other}\` cannot be entered, the exit \`${exit}\` is taken at once, and the call would go round in circles: connect the exit \`failed\`.`;
    problems.push({ rule: 'endless-unentered', severity: 'warning', node, field: `exits.${exit}`, message });
  }
  const tooLong = (id: string) => lengthOf(id) > longestWalk;
  const message = `More than ${longestWalk} nodes follow without waiting for the caller: put a menu between them.`;
  for (const node of starts.filter(tooLong)) {
    problems.push({ rule: 'too-long-walk', severity: 'error', node, message });
  }
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (!waitsAt(node)) continue;
    for (const [exit] of exitsOf(node).filter(([, target]) => tooLong(target))) {
      problems.push({ rule: 'too-long-walk', severity: 'error', node: id, field: `exits.${exit}`, message });
    }
  }
  for (const [node, { exit, length }] of after) {
    if (length <= longestWalk) continue;
    problems.push({ rule: 'too-long-walk', severity: 'error', node, field: `exits.${exit}`, message });
  }
  return problems;
}
