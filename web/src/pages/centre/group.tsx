import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { putGroup, readGroup } from '../../api/centre.ts';
import type { SkillGroup } from '../../api/generated/types.ts';
import type { Replaces } from '../../api/tagged.ts';
import { useApi } from '../../session/context.ts';
import { SaveDialog } from '../../shell/savedialog.tsx';
import { NameAndId } from '../nameandid.tsx';

type Fields = Omit<SkillGroup, 'confirm'> & { readonly confirm: 'usual' | 'yes' | 'no' };

interface GroupDialogProps {
  /** The group that is changed; a new one if left out. */
  readonly group?: SkillGroup;
  readonly close: () => void;
  /** Learns the id of the group that was saved. */
  readonly saved?: (id: string) => void;
}

const numbers = [
  ['ringSeconds', 5, 120],
  ['wrapUpSeconds', 0, 3600],
  ['maxQueue', 1, 1000],
] as const;

/** Creates a skill group, or changes one. */
export function GroupDialog({ group, close, saved }: GroupDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const [form] = Form.useForm<Fields>();
  const save = async ({ confirm, ...rest }: Fields, replaces: Replaces) => {
    const settings = { ...rest, ...(confirm === 'usual' ? {} : { confirm: confirm === 'yes' }) };
    const { id, name } = await putGroup(api, settings, replaces);
    saved?.(id);
    return t('connections.saved', { name });
  };
  return (
    <SaveDialog
      title={group?.name ?? t('centre.addGroup')}
      okText={t('connections.save')}
      form={form}
      read={group && (() => readGroup(api, group.id))}
      fieldsOf={fieldsOf}
      save={save}
      list="skill-groups"
      close={close}
    >
      <NameAndId
        form={form}
        isNew={group === undefined}
        list="skill-groups"
        example="sales"
        fallback="group"
      />
      {numbers.map(([name, min, max]) => (
        <Form.Item key={name} name={name} label={t(`centre.${name}`)} rules={[{ required: true }]}>
          <InputNumber min={min} max={max} precision={0} />
        </Form.Item>
      ))}
      <Form.Item name="confirm" label={t('centre.confirm')} extra={t('centre.confirmHelp')}>
        <Select
          options={(['usual', 'yes', 'no'] as const).map((value) => ({
            value,
            label: t(`centre.confirms.${value}`),
          }))}
        />
      </Form.Item>
    </SaveDialog>
  );
}

function fieldsOf(group: SkillGroup | undefined): Partial<Fields> {
  return {
    ...{ ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100, ...group },
    confirm: group?.confirm === undefined ? 'usual' : group.confirm ? 'yes' : 'no',
  };
}
