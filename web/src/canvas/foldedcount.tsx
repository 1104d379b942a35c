import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fold } from './fold.ts';
import './jump.css';
import './foldedcount.css';

/** Unfolds a node, as the canvas around was told. */
export const UnfoldContext = createContext<((node: string) => void) | undefined>(undefined);

interface FoldedCountProps {
  readonly id: string;
  readonly name: string;
  readonly fold: Fold;
}

/** What is left of the nodes that a folded one hides: how many they are and whether something is wrong with them. A click unfolds them. */
export function FoldedCount({ id, name, fold: { count, worst } }: FoldedCountProps) {
  const { t } = useTranslation();
  const unfold = useContext(UnfoldContext);
  const text = t('canvas.hides', { count });
  const className = `folded-exit${worst === undefined ? '' : ` has-${worst}`}`;
  if (unfold === undefined) return <span className={className}>{text}</span>;
  const what = t('canvas.unfold', { name, count });
  return (
    <button
      type="button"
      className={`${className} nodrag nopan`}
      tabIndex={-1}
      title={what}
      aria-label={what}
      onClick={(event) => {
        event.stopPropagation();
        unfold(id);
      }}
    >
      {text}
    </button>
  );
}
