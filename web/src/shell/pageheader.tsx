import type { ReactNode } from 'react';
import { useTitle } from './usetitle.ts';

/** The head of a page: what it is, which the document is called by, too, and what can be begun on it. */
export function PageHeader({
  title,
  about,
  children,
}: {
  title: string;
  about: string;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <header className="head">
      <div>
        <h1>{title}</h1>
        <p>{about}</p>
      </div>
      {children}
    </header>
  );
}
