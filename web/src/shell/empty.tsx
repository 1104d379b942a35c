import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import './empty.css';

interface EmptyProps {
  readonly title: string;
  readonly text?: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** Stands where a list has nothing to show. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <section className="empty">
      <Mark />
      <b>{title}</b>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </section>
  );
}
