import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Jump } from './jumps.ts';
import './jump.css';

/** Goes to the node that a jump leads to, as the canvas around was told. */
export const JumpContext = createContext<((target: string) => void) | undefined>(undefined);

/** A connection that is told at its exit, within its node, by the name of the node that calls go on at. */
export function JumpTag({ jump: { target, name, isBack } }: { jump: Jump }) {
  const { t } = useTranslation();
  const go = useContext(JumpContext);
  const text = `${isBack ? '↩' : '→'} ${name}`;
  if (go === undefined) {
    return (
      <span className="jump">
        <span>{text}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      className="jump nodrag nopan"
      tabIndex={-1}
      title={t('canvas.jump', { name })}
      aria-label={t('canvas.jump', { name })}
      onClick={(event) => {
        event.stopPropagation();
        go(target);
      }}
    >
      <span>{text}</span>
    </button>
  );
}
