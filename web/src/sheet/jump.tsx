import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../document/geometry.ts';
import type { Jump } from './jumps.ts';
import './jump.css';

/** Goes to the node that a jump leads to, as the sheet around was told. */
export const JumpContext = createContext<((target: string) => void) | undefined>(undefined);

/** A connection that is told at its exit: a short line, and the name of the node that calls go on at. */
export function JumpTag({ jump: { target, name, isBack }, at: [x, y] }: { jump: Jump; at: Point }) {
  const { t } = useTranslation();
  const go = useContext(JumpContext);
  const text = `${isBack ? '↩' : '→'} ${name}`;
  const style = { left: x, top: y };
  if (go === undefined) {
    return (
      <span className="jump" style={style}>
        <span>{text}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      className="jump nodrag nopan"
      style={style}
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
