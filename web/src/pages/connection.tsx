import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { putConnection, readConnection } from '../api/connections.ts';
import type { Connection } from '../api/generated/types.ts';
import type { Replaces } from '../api/tagged.ts';
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

  const distinct = async (_: unknown, text = '') => {
    const names = headerLines(text).map(([header]) => header.toLowerCase());
    const twice = names.find((header, place) => names.indexOf(header) < place);
    if (twice !== undefined) throw new Error(t('connections.headerTwice', { header: twice }));
  };

  const save = async ({ id, name, url, headers = '' }: Fields, replaces: Replaces) => {
    await putConnection(api, id, { name, url, headers: Object.fromEntries(headerLines(headers)) }, replaces);
    return t('connections.saved', { name });
  };

  return (
    <SaveDialog
      title={connection?.name ?? t('connections.add')}
      okText={t('connections.save')}
      form={form}
      read={connection && (() => readConnection(api, connection.id))}
      fieldsOf={fieldsOf}
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
      <Form.Item name="headers" label={t('connections.headers')} rules={[{ validator: distinct }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} placeholder="Authorization: Bearer …" />
      </Form.Item>
    </SaveDialog>
  );
}

function fieldsOf(connection: Connection | undefined): Partial<Fields> {
  if (connection === undefined) return {};
  const { id, name, url, headers } = connection;
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
  return { id, name, url, headers: lines.join('\n') };
}

/** The names and values of headers, one a line. */
function headerLines(text: string): [string, string][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.trim(), value.join(':').trim()];
  });
}
