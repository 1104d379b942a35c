import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { FlowRow } from '../api/generated/types.ts';
import { Ago } from '../shell/ago.tsx';
import { ListTable, opensOnClick } from '../shell/list.tsx';
import { FlowActions } from './actions.tsx';
import type { FlowOrder, FlowView, ListedFlow } from './flowlist.ts';
import { FlowStatus } from './status.tsx';

interface FlowTableProps {
  readonly flows: readonly ListedFlow[];
  readonly loading: boolean;
  /** What is said if there is no flow to show. */
  readonly nothing: string;
  readonly view: FlowView;
  /** Sorts by a column; by the one that it is sorted by already, the other way round. */
  readonly sort: (order: FlowOrder) => void;
  readonly bind: (flow: FlowRow) => void;
  readonly remove: (flow: FlowRow) => void;
}

/** Flows, each with its status, its numbers, its last change and what can be done to it. */
export function FlowTable({ flows, loading, nothing, view, sort, bind, remove }: FlowTableProps) {
  const { t } = useTranslation();
  if (loading) return <Spin className="loading" />;
  const by = (order: FlowOrder) => ({
    name: t(`flows.${order}`),
    sort: () => sort(order),
    sorted:
      view.order !== order ? undefined : view.descending ? ('descending' as const) : ('ascending' as const),
  });
  return (
    <>
      <ListTable columns={[by('name'), t('flows.status'), by('number'), by('changed')]} actions step={50}>
        {flows.map((flow) => (
          <Row key={flow.id} flow={flow} bind={() => bind(flow)} remove={() => remove(flow)} />
        ))}
      </ListTable>
      {flows.length === 0 ? <p className="faint loading">{nothing}</p> : null}
    </>
  );
}

function Row({ flow, bind, remove }: { flow: ListedFlow; bind: () => void; remove: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, name, numbers, savedAt, savedBy, enteredBy = [] } = flow;
  return (
    <tr data-flow={id} {...opensOnClick(() => void navigate(`/flows/${id}`))}>
      <td className="named">
        <Link to={`/flows/${id}`} title={name}>
          {name}
        </Link>
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
        <Ago at={savedAt} />
        <small>{savedBy}</small>
      </td>
      <td>
        <FlowActions flow={flow} bind={bind} remove={remove} />
      </td>
    </tr>
  );
}
