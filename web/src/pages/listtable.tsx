import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ListTableProps {
  /** The names of the columns, in order. */
  readonly columns: readonly string[];
  /** Whether a last column holds what can be done to a row: its name is read out, not shown. */
  readonly actions?: boolean;
  readonly children: ReactNode;
}

/**
 * The table of a list. On a phone each row is a card and each cell a line of it, before which `narrow.css` writes the name of
 * its column, given here as a variable.
 */
export function ListTable({ columns, actions = false, children }: ListTableProps) {
  const { t } = useTranslation();
  const names = Object.fromEntries(
    columns.map((name, at) => [`--column-${at + 1}`, JSON.stringify(name)]),
  ) as CSSProperties;
  return (
    <table className={actions ? 'flows list has-actions' : 'flows list'} style={names}>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name}>{name}</th>
          ))}
          {actions ? (
            <th>
              <span className="unseen">{t('flows.actions')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
