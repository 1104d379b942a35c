import { Form, type FormInstance, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { upTo } from '../shell/length.ts';
import { freeAmong } from './freeid.ts';
import { useIdSuggestion } from './useidsuggestion.ts';
import { type IdList, useTakenIds } from './usetakenids.ts';

interface NameAndIdProps {
  readonly form: FormInstance;
  /** Whether the resource is made now: its id follows from its name until the user writes one, and cannot be changed later. */
  readonly isNew: boolean;
  /** Where it is kept: a new one takes no id of this list. */
  readonly list: IdList;
  readonly example: string;
  /** The id that is suggested if a name cannot be spelled. */
  readonly fallback: string;
}

/** The name and the id of a resource, such as a skill group. */
export function NameAndId({ form, isNew, list, example, fallback }: NameAndIdProps) {
  const { t } = useTranslation();
  const taken = useTakenIds(list);
  const { suggest, setOwn } = useIdSuggestion((id) => form.setFieldsValue({ id }));
  const named = (name: string) => {
    // Without the list the id is suggested all the same: it is refused until the list is read.
    const ids = taken().catch(() => new Set<string>());
    if (isNew) void suggest(name, ids, fallback, 40);
  };
  return (
    <>
      <Form.Item
        name="name"
        label={t('schedules.name')}
        rules={[{ required: true, message: t('schedules.nameNeeded') }]}
      >
        <Input {...upTo(100)} autoFocus onChange={({ target }) => named(target.value)} />
      </Form.Item>
      <Form.Item
        name="id"
        label={t('schedules.id')}
        extra={t('schedules.idHelp')}
        rules={[
          { pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, required: true, message: t('schedules.idNeeded') },
          ...(isNew ? [{ validator: freeAmong(taken, t('schedules.idTaken')) }] : []),
        ]}
      >
        <Input disabled={!isNew} placeholder={example} onChange={() => setOwn(true)} />
      </Form.Item>
    </>
  );
}
