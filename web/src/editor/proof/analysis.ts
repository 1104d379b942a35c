import { createContext, useContext, useMemo } from 'react';
import { usesOf } from '../../../../lib/engine/uses.ts';
import type { Flow } from '../../../../lib/flow/flow.ts';
import { useAudio, useLibrary } from '../../audio/context.ts';
import type { KnownSchedule } from '../../draft/remote.ts';
import type { Analysis } from './question.ts';
import { useWorker } from './useworker.ts';

/** How long nobody must edit before all paths are walked, in milliseconds. */
const restMs = 300;

/** The analysis, with the flows that calls may enter. */
export interface FlowAnalysis extends Analysis {
  readonly flows: ReadonlyMap<string, Flow>;
  /** The schedules that calls ask and whose hours do not apply at present. */
  readonly overridden: readonly KnownSchedule[];
}

/** What holds for all calls of the flow on the canvas, a moment late; `undefined` until it is known first. */
export const AnalysisContext = createContext<FlowAnalysis | undefined>(undefined);

/** What holds for all calls of the flow on the canvas. */
export function useAnalysis(): FlowAnalysis | undefined {
  return useContext(AnalysisContext);
}

/** Has a worker walk every path of a flow, and of those that calls may enter, whenever it has rested for a moment. */
export function useFlowAnalysis(
  flow: Flow,
  flows: ReadonlyMap<string, Flow>,
  known: readonly KnownSchedule[] | undefined,
): FlowAnalysis | undefined {
  const library = useLibrary();
  const playsAudio = usesOf(flow).audio !== undefined;
  const audio = useAudio(playsAudio ? library : undefined).data;
  const question = useMemo(() => {
    const seconds = new Map(
      (audio ?? []).flatMap(({ id, seconds: long }) => (long === undefined ? [] : [[id, long]])),
    );
    const hours = (known ?? []).flatMap(({ id, timeZone, weekly, holidays }) =>
      timeZone === undefined || weekly === undefined
        ? []
        : [[id, { timeZone, weekly, ...(holidays && { holidays }) }] as const],
    );
    return { ask: 'judge', flow, flows, seconds, schedules: new Map(hours), now: Date.now() } as const;
  }, [flow, flows, audio, known]);
  const analysis = useWorker(question, restMs);
  return useMemo(() => {
    const asked = new Set([flow, ...flows.values()].flatMap((each) => usesOf(each).schedules ?? []));
    const overridden = (known ?? []).filter(({ id, override }) => override !== undefined && asked.has(id));
    return analysis === undefined ? undefined : { ...analysis, flows, overridden };
  }, [analysis, flow, flows, known]);
}
