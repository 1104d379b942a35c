import { Form, type FormInstance, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { upTo } from '../shell/length.ts';
import { useIdSuggestion } from './useidsuggestion.ts';

interface NameAndIdProps {
  readonly form: FormInstance;
  /** Whether the resource is made now: its id follows from its name until the user writes one, and cannot be changed later. */
  readonly isNew: boolean;
  readonly example: string;
  /** The id that is suggested if a name cannot be spelled. */
  readonly fallback: string;
}

/** No id is known to be taken: the API tells. */
const noIds: ReadonlySet<string> = new Set();

/** The name and the id of a resource, such as a skill group. */
export function NameAndId({ form, isNew, example, fallback }: NameAndIdProps) {
  const { t } = useTranslation();
  const { suggest, setOwn } = useIdSuggestion((id) =>
    form.setFieldValue('id', id.slice(0, 40).replace(/-+$/, '')),
  );
  const named = (name: string) => {
    if (isNew) void suggest(name, noIds, fallback);
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
        rules={[{ pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, required: true, message: t('schedules.idNeeded') }]}
      >
        <Input disabled={!isNew} placeholder={example} onChange={() => setOwn(true)} />
      </Form.Item>
    </>
  );
}
