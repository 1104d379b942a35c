import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { putAgent, readAgent } from '../../api/centre.ts';
import type { Agent } from '../../api/generated/types.ts';
import type { Replaces } from '../../api/tagged.ts';
import { useApi } from '../../session/context.ts';
import { SaveDialog } from '../../shell/savedialog.tsx';
import { freeAmong } from '../freeid.ts';
import { useTakenIds } from '../usetakenids.ts';
import { useGroups } from './queries.ts';

type Fields = Pick<Agent, 'staffNo' | 'name' | 'endpoint' | 'skillGroups' | 'user'>;

/** Creates an agent, or changes one. */
export function AgentDialog({ agent, close }: { agent?: Agent; close: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const groups = useGroups().data ?? [];
  const taken = useTakenIds('agents');
  const [form] = Form.useForm<Fields>();
  const save = async ({ staffNo, name, endpoint, skillGroups, user }: Fields, replaces: Replaces) => {
    const named = user?.trim() ? { user: user.trim() } : {};
    await putAgent(api, staffNo, { name, endpoint: endpoint.trim(), skillGroups, ...named }, replaces);
    return t('connections.saved', { name });
  };
  return (
    <SaveDialog
      title={agent?.name ?? t('centre.addAgent')}
      okText={t('connections.save')}
      form={form}
      read={agent && (() => readAgent(api, agent.staffNo))}
      fieldsOf={(stored) => ({ skillGroups: [], ...stored })}
      save={save}
      list="agents"
      close={close}
    >
      <Form.Item
        name="staffNo"
        label={t('centre.staffNo')}
        extra={t('centre.staffNoHelp')}
        rules={[
          { pattern: /^[0-9]{1,10}$/, required: true, message: t('centre.staffNoNeeded') },
          ...(agent === undefined ? [{ validator: freeAmong(taken, t('centre.staffNoTaken')) }] : []),
        ]}
      >
        <Input disabled={agent !== undefined} placeholder="1001" inputMode="numeric" />
      </Form.Item>
      <Form.Item name="name" label={t('centre.name')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="endpoint"
        label={t('centre.endpoint')}
        extra={t('centre.endpointHelp')}
        rules={[{ required: true }]}
      >
        <Input placeholder="client:agent-1001" />
      </Form.Item>
      <Form.Item name="skillGroups" label={t('centre.groups')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="user" label={t('centre.user')} extra={t('centre.userHelp')}>
        <Input />
      </Form.Item>
    </SaveDialog>
  );
}
