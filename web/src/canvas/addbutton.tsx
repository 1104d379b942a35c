import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../document/geometry.ts';
import './addbutton.css';

/** Asks which node to add after an exit, at a place of the window; undefined on drawings that are only looked at. */
export const AddButtonContext = createContext<
  ((source: string, exit: string, screen: Point) => void) | undefined
>(undefined);

interface AddButtonProps {
  readonly source: string;
  readonly exit: string;
  /** The name of the exit. */
  readonly name: string;
  readonly at: Point;
}

/** A button that adds a node after an exit: beside an open one, or in the middle of a connection. */
export function AddButton({ source, exit, name, at: [x, y] }: AddButtonProps) {
  const { t } = useTranslation();
  const ask = useContext(AddButtonContext);
  if (ask === undefined) return null;
  return (
    <button
      type="button"
      className="add-button nodrag nopan"
      style={{ left: x, top: y }}
      tabIndex={-1}
      aria-label={t('canvas.addAfter', { exit: name })}
      title={t('canvas.addAfter', { exit: name })}
      onClick={(event) => {
        event.stopPropagation();
        ask(source, exit, [event.clientX, event.clientY]);
      }}
    >
      +
    </button>
  );
}
