import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FlowRow } from '../api/generated/types.ts';
import { dateTime } from '../words/time.ts';
import { FlowActions } from './actions.tsx';
import { ListTable } from './listtable.tsx';
import { FlowStatus } from './status.tsx';

/** A flow with the numbers whose callers reach it. */
export interface Listed extends FlowRow {
  readonly numbers: readonly string[];
}

interface FlowTableProps {
  readonly flows: readonly Listed[];
  readonly loading: boolean;
  /** What is said if there is no flow to show. */
  readonly nothing: string;
  readonly bind: (flow: FlowRow) => void;
  readonly remove: (flow: FlowRow) => void;
}

/** How many rows are shown at first, and more at a time. */
const step = 50;

/**
 * Flows, each with its status, its numbers, its last change and what can be done to it. A plain table: antd's own is a fourth
 * of all that the first page may load.
 */
export function FlowTable({ flows, loading, nothing, bind, remove }: FlowTableProps) {
  const { t } = useTranslation();
  const [most, setMost] = useState(step);
  if (loading) return <Spin className="loading" />;
  return (
    <>
      <ListTable
        columns={[t('flows.name'), t('flows.status'), t('flows.number'), t('flows.changed')]}
        actions
      >
        {flows.slice(0, most).map((flow) => (
          <Row key={flow.id} flow={flow} bind={() => bind(flow)} remove={() => remove(flow)} />
        ))}
      </ListTable>
      {flows.length === 0 ? <p className="faint loading">{nothing}</p> : null}
      {flows.length > most ? (
        <Button type="link" block onClick={() => setMost(most + step)}>
          {t('versions.more')}
        </Button>
      ) : null}
    </>
  );
}

function Row({ flow, bind, remove }: { flow: Listed; bind: () => void; remove: () => void }) {
  const { t, i18n } = useTranslation();
  const { id, name, numbers, savedAt, savedBy, enteredBy = [] } = flow;
  return (
    <tr data-flow={id}>
      <td className="named">
        <Link to={`/flows/${id}`}>{name}</Link>
        <small>{id}</small>
        {enteredBy.length === 0 ? null : (
          <small>{t('flows.enteredBy', { flows: enteredBy.join(' ') })}</small>
        )}
      </td>
      <td>
        <FlowStatus flow={flow} />
      </td>
      <td className={numbers.length === 0 ? 'faint' : 'digits'}>{numbers.join('\n') || '–'}</td>
      <td className="named">
        <span>{dateTime(savedAt, i18n.language)}</span>
        <small>{savedBy}</small>
      </td>
      <td>
        <FlowActions flow={flow} bind={bind} remove={remove} />
      </td>
    </tr>
  );
}
