import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { putConnection } from '../api/connections.ts';
import type { Connection } from '../api/generated/types.ts';
import { useApi } from '../session/context.ts';
import { SaveDialog } from '../shell/savedialog.tsx';
import { NameAndId } from './nameandid.tsx';

interface Fields {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly headers?: string;
}

/** Creates a connection, or changes one. */
export function ConnectionDialog({ connection, close }: { connection?: Connection; close: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [form] = Form.useForm<Fields>();

  const save = async ({ id, name, url, headers = '' }: Fields) => {
    await putConnection(api, id, { name, url, headers: readHeaders(headers) });
    return t('connections.saved', { name });
  };

  const headers = Object.entries(connection?.headers ?? {});
  return (
    <SaveDialog
      title={connection?.name ?? t('connections.add')}
      okText={t('connections.save')}
      form={form}
      initialValues={{
        ...{ id: connection?.id, name: connection?.name, url: connection?.url },
        headers: headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
      }}
      save={save}
      list="connections"
      close={close}
    >
      <NameAndId
        form={form}
        isNew={connection === undefined}
        list="connections"
        example="crm"
        fallback="service"
      />
      <Form.Item name="url" label={t('connections.url')} rules={[{ required: true }]}>
        <Input placeholder="https://crm.example.com/v1" />
      </Form.Item>
      <Form.Item name="headers" label={t('connections.headers')}>
        <Input.TextArea autoSize={{ minRows: 2 }} placeholder="Authorization: Bearer …" />
      </Form.Item>
    </SaveDialog>
  );
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.trim(), value.join(':').trim()];
    }),
  );
}
