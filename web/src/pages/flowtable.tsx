import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FlowRow } from '../api/generated/types.ts';
import { dateTime } from '../canvas/time.ts';
import { FlowActions } from './actions.tsx';
import { FlowStatus } from './status.tsx';

/** A flow with the numbers whose callers reach it. */
export interface Listed extends FlowRow {
  readonly numbers: readonly string[];
}

interface FlowTableProps {
  readonly flows: readonly Listed[];
  readonly loading: boolean;
  /** What is said where there is no flow to show. */
  readonly nothing: string;
  readonly bind: (flow: FlowRow) => void;
  readonly remove: (flow: FlowRow) => void;
}

/** Flows, each with its status, its numbers, its last change and what can be done to it. */
export function FlowTable({ flows, loading, nothing, bind, remove }: FlowTableProps) {
  const { t, i18n } = useTranslation();
  const columns: TableColumnsType<Listed> = [
    {
      title: t('flows.name'),
      key: 'name',
      render: (_, { id, name }) => (
        <div className="named">
          <Link to={`/flows/${id}`}>{name}</Link>
          <small>{id}</small>
        </div>
      ),
      sorter: (a, b) => a.name.localeCompare(b.name, i18n.language),
    },
    { title: t('flows.status'), key: 'status', render: (_, flow) => <FlowStatus flow={flow} /> },
    {
      title: t('flows.number'),
      key: 'number',
      render: (_, { numbers }) =>
        numbers.length === 0 ? (
          <span className="faint">–</span>
        ) : (
          <span className="digits">{numbers.join('\n')}</span>
        ),
    },
    {
      title: t('flows.changed'),
      key: 'changed',
      render: (_, { savedAt, savedBy }) => (
        <div className="named">
          <span>{dateTime(savedAt, i18n.language)}</span>
          <small>{savedBy}</small>
        </div>
      ),
      sorter: (a, b) => a.savedAt.localeCompare(b.savedAt),
    },
    {
      title: t('flows.actions'),
      key: 'actions',
      align: 'right',
      render: (_, flow) => <FlowActions flow={flow} bind={() => bind(flow)} remove={() => remove(flow)} />,
    },
  ];
  return (
    <Table
      rowKey="id"
      columns={columns}
      dataSource={flows}
      loading={loading}
      locale={nothing === '' ? {} : { emptyText: nothing }}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}
