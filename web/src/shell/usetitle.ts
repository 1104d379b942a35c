import { useEffect } from 'react';

/** Names what is shown in the title of the document, by which tabs, bookmarks and screen readers tell pages apart. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Branchline`;
    return () => {
      document.title = 'Branchline';
    };
  }, [title]);
}
