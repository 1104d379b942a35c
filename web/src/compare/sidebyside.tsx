import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { difference, withoutMoves } from '../../../lib/proof/difference.ts';
import type { Selection } from '../document/store.ts';
import { ChangeList, type StepDirection } from './changelist.tsx';
import { aboutOf, alignedTo, marksOf } from './changemarks.ts';
import { useSentences } from './changes.tsx';
import { Panes } from './panes.tsx';

const nothing: Selection = { nodes: new Set(), wires: new Set() };

interface SideBySideProps {
  readonly before: Flow;
  readonly after: Flow;
  /** Whether what only stands elsewhere is left out: all is drawn where it stands in the later document. */
  readonly hideMoves: boolean;
  readonly setHideMoves: (hide: boolean) => void;
}

/** Two documents side by side with their differences. Every change can be selected in the list and in the drawings. */
export function SideBySide({ before, after, hideMoves, setHideMoves }: SideBySideProps) {
  const { all, changes, drawn, marks } = useMemo(() => {
    const all = difference(before, after);
    const shown = hideMoves ? withoutMoves(all) : all;
    const aligned = hideMoves && shown.length < all.length ? alignedTo(after, before) : before;
    return { all, changes: shown, drawn: aligned, marks: marksOf(shown, before, after) };
  }, [before, after, hideMoves]);
  const { t } = useTranslation();
  const sentences = useSentences(changes, before, after);
  // An object, so that what is chosen once more is shown once more.
  const [chosen, choose] = useState<{ readonly index: number } | undefined>(undefined);
  const about = useMemo(() => {
    const change = chosen === undefined ? undefined : changes[chosen.index];
    return change === undefined ? nothing : aboutOf(change);
  }, [chosen, changes]);
  const step = (by: StepDirection) => {
    const { length } = changes;
    const from = chosen?.index ?? (by > 0 ? -1 : length);
    if (length > 0) choose({ index: (from + by + length) % length });
  };
  useStepKeys(step);
  return (
    <div className="pair">
      <Panes
        before={drawn}
        after={after}
        marks={marks}
        about={about}
        pick={(node) => {
          const index = changes.findIndex((change) => aboutOf(change).nodes.has(node));
          if (index >= 0) choose({ index });
        }}
      />
      <ChangeList
        sentences={sentences}
        none={all.length === 0 ? t('difference.nothing') : t('saving.layoutOnly')}
        chosen={chosen?.index}
        choose={(index) => choose({ index })}
        step={step}
        hideMoves={hideMoves}
        setHideMoves={(hide) => {
          choose(undefined);
          setHideMoves(hide);
        }}
      />
    </div>
  );
}

/** The keys that step, in small letters. */
const directions: Readonly<Record<string, StepDirection>> = { n: 1, arrowdown: 1, p: -1, arrowup: -1 };

/** Steps through the changes by N and P and by the arrows, unless they mean something to what has the focus. Capitals do not matter. */
function useStepKeys(step: (by: StepDirection) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    const key = event.key.toLowerCase();
    const by = Object.hasOwn(directions, key) ? directions[key] : undefined;
    const taken = target instanceof HTMLElement && target.closest('input, textarea, .ant-select') !== null;
    if (by === undefined || taken || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(by);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
