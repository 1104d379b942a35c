import { Alert, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { numberOrWord, readPhone } from '../../../lib/flow/phone.ts';
import { bindNumber } from '../api/numbers.ts';
import { useApi } from '../session/context.ts';
import { SaveDialog } from '../shell/savedialog.tsx';
import { phoneFaultSentence } from '../words/phonefault.ts';
import { FlowSelect } from './flowselect.tsx';
import { useFlows, useNumbers } from './queries.ts';

interface BindDialogProps {
  /** Which flow and which number, if that is settled. */
  readonly flow?: string;
  readonly number?: string;
  readonly close: () => void;
}

interface Fields {
  readonly number: string;
  readonly flow: string;
}

/** Binds a number to a flow; says what it was bound to, and whether its callers will hear anything. */
export function BindDialog({ flow = '', number = '', close }: BindDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const flows = useFlows().data ?? [];
  const numbers = useNumbers().data ?? [];
  const [form] = Form.useForm<Fields>();
  const asked = Form.useWatch([], form) as Fields | undefined;
  const nameOf = (id: string) => flows.find((each) => each.id === id)?.name ?? id;
  const target = flows.find(({ id }) => id === asked?.flow);
  const before = numbers.find((each) => each.number === numberOrWord(asked?.number ?? ''));
  const readable = async (_: unknown, text = '') => {
    const read = readPhone(text);
    if (!('number' in read)) throw new Error(phoneFaultSentence(t, read));
  };

  const bind = async ({ number: written, flow: id }: Fields) => {
    const bound = numberOrWord(written);
    await bindNumber(api, bound, id);
    return t('numbers.bound', { number: bound, name: nameOf(id) });
  };

  return (
    <SaveDialog
      title={flow === '' ? t('numbers.bind') : t('numbers.bindTo', { name: nameOf(flow) })}
      okText={t('flows.bind')}
      form={form}
      fieldsOf={() => ({ number, flow: flow || numbers.find((each) => each.number === number)?.flow })}
      save={bind}
      list="numbers"
      close={close}
      below={
        <>
          {before !== undefined && before.flow !== asked?.flow ? (
            <Alert
              type="warning"
              showIcon
              title={t('numbers.rebinds', { number: before.number, name: nameOf(before.flow) })}
            />
          ) : null}
          {target !== undefined && target.live === undefined ? (
            <Alert type="info" showIcon title={t('numbers.notLive', { name: target.name })} />
          ) : null}
        </>
      }
    >
      <Form.Item
        name="number"
        label={t('numbers.number')}
        extra={t('numbers.numberHelp')}
        required
        rules={[{ validator: readable }]}
      >
        <Input placeholder="+15550100" autoFocus={number === ''} disabled={number !== ''} />
      </Form.Item>
      <Form.Item
        name="flow"
        label={t('numbers.flow')}
        hidden={flow !== '' && number === ''}
        rules={[{ required: true, message: t('numbers.flowNeeded') }]}
      >
        <FlowSelect />
      </Form.Item>
    </SaveDialog>
  );
}
