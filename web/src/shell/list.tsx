import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Children, type CSSProperties, type MouseEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './list.css';

/** A column by which a list can be sorted. */
export interface SortedColumn {
  readonly name: string;
  /** Which way it is sorted by this column now; left out if it is by another one. */
  readonly sorted?: 'ascending' | 'descending' | undefined;
  readonly sort: () => void;
}

interface ListTableProps {
  /** The columns in order, by name; without any the table has no head. */
  readonly columns: readonly (string | SortedColumn)[];
  /** Whether a last column holds what can be done to a row: its name is read out, not shown. */
  readonly actions?: boolean;
  /** Whether rows stay rows on a phone, as there are few and short columns. */
  readonly narrow?: boolean;
  /** How many rows are shown at first, and more at a time; without it all are. */
  readonly step?: number;
  /** What it is a list of, if no heading before it says so. */
  readonly label?: string;
  /** Its rows: `<tr>`. */
  readonly children: ReactNode;
}

/**
 * The table of a list. On a phone each row is a card and each cell a line of it, before which `list.css` writes the name of
 * its column, given here as a variable.
 */
export function ListTable({
  columns,
  actions = false,
  narrow = false,
  step,
  label,
  children,
}: ListTableProps) {
  const { t } = useTranslation();
  const [most, setMost] = useState(step ?? Number.POSITIVE_INFINITY);
  const names = Object.fromEntries(
    columns.map((column, at) => [`--column-${at + 1}`, JSON.stringify(nameOf(column))]),
  ) as CSSProperties;
  const rows = Children.toArray(children);
  const className = ['list', actions && 'has-actions', narrow ? 'is-narrow' : 'has-cards']
    .filter(Boolean)
    .join(' ');
  return (
    <>
      <table className={className} style={names} aria-label={label}>
        {columns.length === 0 ? null : (
          <thead>
            <tr>
              {columns.map((column) => (
                <Heading key={nameOf(column)} column={column} />
              ))}
              {actions ? (
                <th>
                  <span className="unseen">{t('flows.actions')}</span>
                </th>
              ) : null}
            </tr>
          </thead>
        )}
        <tbody>{rows.slice(0, most)}</tbody>
      </table>
      {step !== undefined && rows.length > most ? (
        <Button type="link" block onClick={() => setMost(most + step)}>
          {t('versions.more')}
        </Button>
      ) : null}
    </>
  );
}

function nameOf(column: string | SortedColumn): string {
  return typeof column === 'string' ? column : column.name;
}

function Heading({ column }: { column: string | SortedColumn }) {
  if (typeof column === 'string') return <th>{column}</th>;
  const { name, sorted, sort } = column;
  return (
    <th aria-sort={sorted ?? 'none'}>
      <button type="button" onClick={sort}>
        {name} {sorted === 'ascending' ? <CaretUpOutlined aria-hidden /> : <CaretDownOutlined aria-hidden />}
      </button>
    </th>
  );
}

/** Lets a click anywhere on a row open what it tells of; links, buttons and fields in it keep theirs, and text can be selected. */
export function opensOnClick(open: () => void) {
  return {
    className: 'opens',
    onClick: ({ target, currentTarget }: MouseEvent) => {
      // A menu of the row lies elsewhere in the page.
      if (!(target instanceof Element) || !currentTarget.contains(target)) return;
      if (target.closest('a, button, input, label, summary, .ant-select') !== null) return;
      if (window.getSelection()?.isCollapsed === false) return;
      open();
    },
  };
}
