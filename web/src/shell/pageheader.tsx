import type { ReactNode } from 'react';

/** The head of a page: what it is, and what can be begun on it. */
export function PageHeader({
  title,
  about,
  children,
}: {
  title: string;
  about: string;
  children: ReactNode;
}) {
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
