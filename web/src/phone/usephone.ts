import { useDeferredValue, useMemo, useState } from 'react';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Happening } from '../../../lib/proof/happenings.ts';
import type { Facts } from './facts.ts';
import { happensLater, pressed, saidNothing } from './pad.ts';
import {
  type Act,
  type CallView,
  keptActs,
  type Manner,
  type TestCall,
  viewOf,
  withoutLastAct,
} from './testcall.ts';

/** The test phone: the call on it, and all that can be done with it. */
export interface TestPhone {
  /** `undefined` before the first call. */
  readonly view: CallView | undefined;
  /** How many calls were begun. */
  readonly calls: number;
  /** What was typed of an entry that is not complete. */
  readonly entry: string;
  readonly facts: Facts;
  /** Who calls; left out, the number of every call script. */
  readonly from: string | undefined;
  /** Whether the caller is a program. */
  readonly ai: boolean;
  call(): void;
  press(key: string): void;
  /** Presses nothing until the time for keys is over. */
  silence(): void;
  /** Lets time pass until something happens by itself. */
  later(): void;
  takeBack(): void;
  hangUp(): void;
  happen(happening: Happening): void;
  act(act: Act): void;
  setFact(name: string, value: string): void;
  setFrom(from: string | undefined): void;
  setAi(ai: boolean): void;
}

/** A phone on which the flow is called as it is drawn. A change of the flow plays the call again up to where it stood. */
export function usePhone(drawn: Flow, others: ReadonlyMap<string, Flow>): TestPhone {
  const flow = useDeferredValue(drawn);
  const [facts, setFacts] = useState<Facts>({});
  const [from, setFrom] = useState<string | undefined>(undefined);
  const [testCall, setCalling] = useState<TestCall | undefined>(undefined);
  const [calls, setCalls] = useState(0);
  const [entry, setEntry] = useState('');
  const [ai, setAi] = useState(false);
  const view = useMemo(
    () => (testCall === undefined ? undefined : viewOf(testCall, flow, others)),
    [testCall, flow, others],
  );
  const isOn = view !== undefined && view.ended === undefined;

  const act = (next: Act) => {
    if (testCall === undefined || view === undefined) return;
    setCalling({ ...testCall, acts: [...keptActs(testCall.acts, view), next] });
    setEntry('');
  };
  const happen = (happening: Happening, manner?: Manner) => {
    if (isOn) act({ act: 'happening', happening, ...(manner === undefined ? {} : { manner }) });
  };
  return {
    ...{ view, calls, entry, facts, from, ai, setFrom, setAi, act, happen },
    call() {
      const arrived = { word: 'arrived', ...(from === undefined ? {} : { from }) } as const;
      setCalls((before) => before + 1);
      setCalling({ facts, acts: [{ act: 'happening', happening: arrived }] });
      setEntry('');
    },
    press(key) {
      const made = isOn ? pressed(key, entry, view.stands) : undefined;
      if (made === undefined) return;
      if ('entry' in made) setEntry(made.entry);
      else happen(made.happening);
    },
    silence() {
      if (view?.stands.waits === 'keys') happen(saidNothing(entry), ai ? 'spoke' : undefined);
    },
    later() {
      const next = view && happensLater(view.stands, entry);
      if (next !== undefined) happen(next);
    },
    takeBack() {
      if (entry !== '') return setEntry(entry.slice(0, -1));
      if (testCall === undefined || view === undefined) return;
      const acts = withoutLastAct(keptActs(testCall.acts, view));
      setCalling(acts === undefined ? undefined : { ...testCall, acts });
    },
    hangUp: () => happen({ word: 'hung up' }),
    setFact(name, value) {
      setFacts({ ...facts, [name]: value });
      if (isOn) act({ act: 'fact', name, value });
    },
  };
}
