import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../../lib/flow/flow.ts';
import { Coverage, type Untaken } from '../../../../lib/proof/coverage.ts';
import { passed, playScript } from '../../../../lib/proof/run.ts';
import type { ScriptRemote } from '../../draft/remote.ts';
import { useEnteredFlows } from '../../phone/enteredflows.ts';
import { scriptText } from '../../words/findings.ts';
import { useFlow } from '../documentstore.ts';

/** In what a script differs from what is drawn, with the title of the call. */
export interface ShownDifference {
  readonly line: number;
  readonly title: string;
  readonly message: string;
}

/** What came of a script, played against a flow as it is drawn. */
export interface ScriptResult {
  readonly calls: number;
  readonly passed: number;
  readonly failed: number;
  readonly differences: readonly ShownDifference[];
  /** What is wrong with lines, by their numbers. */
  readonly marks: ReadonlyMap<number, string>;
  readonly untaken: readonly Untaken[];
}

const noFlows: ReadonlyMap<string, Flow> = new Map();

/** Plays a script against the canvas, after what is typed or drawn is shown. */
export function useScriptResult(text: string, scripts: ScriptRemote): ScriptResult {
  const { language } = useTranslation().i18n;
  const flow = useDeferredValue(useFlow());
  const script = useDeferredValue(text);
  const others = useEnteredFlows(flow, scripts) ?? noFlows;
  return useMemo(() => play(flow, script, others, language), [flow, script, others, language]);
}

/** Plays a script against a flow; `others` are the flows that its calls may enter. */
function play(flow: Flow, text: string, others: ReadonlyMap<string, Flow>, language: string): ScriptResult {
  const coverage = new Coverage();
  const { problems, calls } = playScript(flow, text, (id) => others.get(id), coverage);
  const differences = [
    ...problems.map((each) => ({ ...each, title: '' })),
    ...calls.flatMap(({ title, differences: own }) => own.map((each) => ({ ...each, title }))),
  ].map(({ line, title, ...said }) => ({ line, title, message: scriptText(language, said) }));
  const good = calls.filter(passed).length;
  return {
    ...{ calls: calls.length, passed: good, failed: calls.length - good, differences },
    marks: new Map(differences.map(({ line, message }) => [line, message])),
    untaken: coverage.untaken(flow),
  };
}
