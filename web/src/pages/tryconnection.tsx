import { Button, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestMethods } from '../../../lib/flow/request.ts';
import { tryConnection } from '../api/connections.ts';
import { keepAnswer } from '../api/lastanswer.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi } from '../session/context.ts';
import { toast } from '../shell/toast.ts';

/** Makes one request, shows the answer, and copies where a value of it stands. */
export function TryConnection({ id }: { id: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const [method, setMethod] = useState<(typeof requestMethods)[number]>('GET');
  const [path, setPath] = useState('/');
  const [body, setBody] = useState('');
  const [tried, setTried] = useState<{ readonly status: number; readonly json?: unknown }>();
  const [busy, setBusy] = useState(false);
  async function attempt() {
    setBusy(true);
    try {
      // What was written for another method stays in its field, and is not sent with GET.
      const sent = method === 'GET' || body.trim() === '' ? {} : { body: JSON.parse(body) as unknown };
      const answer = await tryConnection(api, id, { method, path, ...sent });
      keepAnswer(id, answer.json);
      setTried(answer);
    } catch (error) {
      toast.error(error instanceof SyntaxError ? t('connections.bodyNotJson') : reasonOf(error));
    } finally {
      setBusy(false);
    }
  }
  async function copy(pointer: string) {
    try {
      await navigator.clipboard.writeText(pointer);
      toast.success(t('connections.copied', { pointer }));
    } catch (error) {
      toast.error(reasonOf(error));
    }
  }
  return (
    <div>
      <Space wrap>
        <Select
          aria-label={t('connections.method')}
          value={method}
          options={requestMethods.map((value) => ({ value, label: value }))}
          onChange={setMethod}
        />
        <Input
          aria-label={t('connections.path')}
          value={path}
          onChange={({ target }) => setPath(target.value)}
        />
        <Input
          aria-label={t('connections.body')}
          disabled={method === 'GET'}
          placeholder={t('connections.body')}
          value={body}
          onChange={({ target }) => setBody(target.value)}
        />
        <Button loading={busy} onClick={() => void attempt()}>
          {t('connections.try')}
        </Button>
      </Space>
      {tried === undefined ? null : (
        <div role="status">
          <p>{t('connections.status', { status: tried.status })}</p>
          <p>{tried.json === undefined ? t('connections.noJson') : t('connections.pointers')}</p>
          {valuesIn(tried.json, '').map(({ pointer, value }) => (
            <Button key={pointer} size="small" type="text" onClick={() => void copy(pointer)}>
              <code>{pointer}</code>&nbsp;{value}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** How many values are shown at most. */
const mostValues = 100;

/** The values of an answer that a request can take, and where they stand (JSON Pointers). */
function valuesIn(json: unknown, pointer: string): { readonly pointer: string; readonly value: string }[] {
  if (json === null || json === undefined) return [];
  if (typeof json !== 'object') return [{ pointer, value: String(json) }];
  return Object.entries(json)
    .flatMap(([name, value]) =>
      valuesIn(value, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    )
    .slice(0, mostValues);
}
