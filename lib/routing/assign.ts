/** A caller who waits. Times are ISO texts in UTC, so they sort as texts. */
export interface Caller {
  readonly id: string;
  readonly group: string;
  readonly since: string;
  /** The lease of the agent who is being rung for them. */
  readonly ring?: string;
  /** Whether that ring counts though no agent holds its lease: it may be about to. */
  readonly pending: boolean;
}

/** An agent who can be rung. */
export interface FreeAgent {
  readonly staffNo: string;
  readonly groups: readonly string[];
  readonly since: string;
}

/** An agent whose leg is on its way to a caller. */
export interface RungAgent {
  readonly staffNo: string;
  readonly groups: readonly string[];
  readonly lease: string;
  /** The caller that they are rung for. */
  readonly caller: string;
  /**
   * `ringing`: nobody has answered, so the leg can be cancelled. `answered`: they hold the line. `sent`: they are on their
   * way into the queue and can be given no other caller.
   */
  readonly stage: 'ringing' | 'answered' | 'sent';
  /** Whether the ring must end, no matter who waits: the agent is no longer online, or it was given up before. */
  readonly unwanted: boolean;
}

/** What to do next. */
export type Action =
  | { readonly do: 'ring'; readonly agent: string; readonly caller: string }
  /** The agent's ring is for another caller from now on: the one it was for has gone. */
  | { readonly do: 'reassign'; readonly agent: string; readonly caller: string }
  | { readonly do: 'cancel'; readonly agent: string };

/** Who waits, who rings and who is free. */
export interface Candidates {
  readonly callers: readonly Caller[];
  readonly rung: readonly RungAgent[];
  readonly free: readonly FreeAgent[];
}

/** What to do, and the callers for whom there is neither a ring nor an agent. */
export interface Assignment {
  readonly moves: readonly Action[];
  readonly left: readonly Caller[];
}

/**
 * Pairs callers and agents. The caller who has waited longest, whatever their group, comes first: a ring whose caller has
 * gone moves to them, else the agent of their group is rung who has been free longest. Rings that are left over are
 * cancelled, so there are never more rings than callers.
 */
export function assign({ callers, rung, free }: Candidates): Assignment {
  const rings = new Set(callers.flatMap(({ id, ring }) => (ring === undefined ? [] : [`${id} ${ring}`])));
  // Whether the ring of an agent and its caller name each other.
  const serves = ({ caller, lease }: RungAgent) => rings.has(`${caller} ${lease}`);
  const served = new Set(rung.filter(serves).map(({ caller }) => caller));
  const loose = rung.filter((agent) => agent.stage !== 'sent' && !agent.unwanted && !serves(agent));
  const idle = free.toSorted(
    (one, other) => order(one.since, other.since) || order(one.staffNo, other.staffNo),
  );
  const moves: Action[] = rung
    .filter(({ stage, unwanted }) => stage === 'ringing' && unwanted)
    .map(({ staffNo }) => ({ do: 'cancel', agent: staffNo }));
  const left: Caller[] = [];
  for (const caller of callers.toSorted(
    (one, other) => order(one.since, other.since) || order(one.id, other.id),
  )) {
    if (served.has(caller.id)) continue;
    const ofGroup = ({ groups }: { readonly groups: readonly string[] }) => groups.includes(caller.group);
    // A ring that is on its way to this caller: the function that began the move may have died.
    const isComing = (agent: RungAgent) => agent.lease === caller.ring && ofGroup(agent);
    const coming = caller.pending ? taken(loose, isComing) : undefined;
    if (caller.pending && coming === undefined) continue;
    const ringing = coming ?? taken(loose, ofGroup);
    const agent = ringing ?? taken(idle, ofGroup);
    if (agent === undefined) left.push(caller);
    else
      moves.push({
        do: ringing === undefined ? 'ring' : 'reassign',
        agent: agent.staffNo,
        caller: caller.id,
      });
  }
  for (const { stage, staffNo } of loose)
    if (stage === 'ringing') moves.push({ do: 'cancel', agent: staffNo });
  return { moves, left };
}

/** Takes the first agent who fits out of a list. */
function taken<Agent>(agents: Agent[], fits: (agent: Agent) => boolean): Agent | undefined {
  const index = agents.findIndex(fits);
  return index === -1 ? undefined : agents.splice(index, 1)[0];
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
