import {
  BarChartOutlined,
  CopyOutlined,
  DeleteOutlined,
  DownloadOutlined,
  EditOutlined,
  EyeOutlined,
  MoreOutlined,
  PhoneOutlined,
} from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, type MenuProps, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { firstCharacters } from '../../../lib/flow/length.ts';
import { listDeletedFlows } from '../api/centre.ts';
import { duplicateFlow, readDocument } from '../api/flows.ts';
import type { FlowRow } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi, useMay } from '../session/context.ts';
import { download } from '../shell/download.ts';
import { LinkButton } from '../shell/linkbutton.tsx';
import { toast } from '../shell/toast.ts';
import { suggestId } from './suggestid.ts';

interface FlowActionsProps {
  readonly flow: FlowRow;
  readonly bind: () => void;
  readonly remove: () => void;
}

/** What can be done to a flow; what the user's role may not do is not there. */
export function FlowActions({ flow, bind, remove }: FlowActionsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { duplicate, save } = useCopies(flow);
  const edits = may('PUT /api/flows/{id}');
  const items: MenuProps['items'] = [
    ...(may('POST /api/flows')
      ? [{ key: 'duplicate', icon: <CopyOutlined />, label: t('flows.duplicate') }]
      : []),
    ...(may('PUT /api/numbers/{e164}')
      ? [{ key: 'bind', icon: <PhoneOutlined />, label: t('flows.bind') }]
      : []),
    {
      key: 'traffic',
      icon: <BarChartOutlined />,
      label: <Link to={`/flows/${flow.id}/traffic`}>{t('traffic.open')}</Link>,
    },
    { key: 'export', icon: <DownloadOutlined />, label: t('flows.export') },
    ...(may('DELETE /api/flows/{id}')
      ? [
          { type: 'divider' as const },
          { key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('flows.delete') },
        ]
      : []),
  ];
  const act: Readonly<Record<string, () => unknown>> = { duplicate, bind, export: save, delete: remove };
  const onClick: MenuProps['onClick'] = async ({ key }) => {
    try {
      await act[key]?.();
    } catch (error) {
      toast.error(reasonOf(error));
    }
  };
  return (
    <Space size={0}>
      <LinkButton
        to={`/flows/${flow.id}`}
        className="on-hover"
        type="text"
        icon={edits ? <EditOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
      >
        {t(edits ? 'flows.edit' : 'flows.view')}
      </LinkButton>
      <Dropdown trigger={['click']} menu={{ items, onClick }} placement="bottomRight">
        <Button type="text" icon={<MoreOutlined />} aria-label={t('flows.more', { name: flow.name })} />
      </Dropdown>
    </Space>
  );
}

function useCopies({ id, name }: FlowRow) {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  return {
    async duplicate() {
      const flows = queries.getQueryData<FlowRow[]>(['flows']) ?? [];
      const deleted = await listDeletedFlows(api);
      const taken = new Set([...flows, ...deleted].map((row) => row.id));
      const copy = {
        id: await suggestId(id, taken),
        name: firstCharacters(t('flows.copyOf', { name }), 100),
      };
      await duplicateFlow(api, id, copy);
      await queries.invalidateQueries({ queryKey: ['flows'] });
      toast.success(t('flows.duplicated', { name: copy.name }));
    },
    async save() {
      download(`${id}.flow.json`, `${JSON.stringify(await readDocument(api, id), null, 2)}\n`);
    },
  };
}
