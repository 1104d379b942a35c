import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { putConnection } from '../api/connections.ts';
import type { Connection } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi } from '../session/context.ts';

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
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);

  async function save({ id, name, url, headers = '' }: Fields) {
    setBusy(true);
    try {
      await putConnection(api, id, { name, url, headers: readHeaders(headers) });
      await queries.invalidateQueries({ queryKey: ['connections'] });
      void message.success(t('connections.saved', { name }));
      close();
    } catch (error) {
      setFailure(reasonOf(error));
    } finally {
      setBusy(false);
    }
  }

  const headers = Object.entries(connection?.headers ?? {});
  return (
    <Modal
      open
      title={connection?.name ?? t('connections.add')}
      okText={t('connections.save')}
      cancelText={t('flows.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={close}
    >
      {failure === undefined ? null : <Alert type="error" showIcon title={failure} />}
      <Form
        form={form}
        layout="vertical"
        className="dialog-form"
        initialValues={{
          ...{ id: connection?.id, name: connection?.name, url: connection?.url },
          headers: headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
        }}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item name="id" label={t('connections.id')} rules={[{ required: true }]}>
          <Input disabled={connection !== undefined} placeholder="crm" />
        </Form.Item>
        <Form.Item name="name" label={t('connections.name')} rules={[{ required: true }]}>
          <Input placeholder="CRM" />
        </Form.Item>
        <Form.Item name="url" label={t('connections.url')} rules={[{ required: true }]}>
          <Input placeholder="https://crm.example.com/v1" />
        </Form.Item>
        <Form.Item name="headers" label={t('connections.headers')}>
          <Input.TextArea autoSize={{ minRows: 2 }} placeholder="Authorization: Bearer …" />
        </Form.Item>
      </Form>
    </Modal>
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
