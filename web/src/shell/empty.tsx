import type { ReactNode } from 'react';
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
      <svg viewBox="0 0 48 32" width="72" height="48" aria-hidden="true">
        <path d="M7 16h10c8 0 6-9 13-9h8M17 16c8 0 6 9 13 9h8" />
        <circle cx="7" cy="16" r="4" />
        <circle cx="41" cy="7" r="4" />
        <circle cx="41" cy="25" r="4" />
      </svg>
      <b>{title}</b>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </section>
  );
}
