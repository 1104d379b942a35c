import { AutoComplete, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AudioPart, Prompt } from '../../../lib/flow/prompt.ts';
import { callVariables } from '../../../lib/flow/text.ts';
import { useSurroundings } from '../canvas/surroundings.ts';
import type { Setting } from '../document/settings.ts';
import { AudioChoice } from './audio.tsx';
import { PromptControl } from './prompt.tsx';

interface ControlProps {
  readonly setting: Setting;
  /** What it is called, for those who cannot see where it stands. */
  readonly name: string;
  readonly value: unknown;
  readonly example: string;
  readonly onChange: (value: unknown) => void;
}

/** The control for a setting, chosen by the kind of field that the setting's schema names. */
export function Control(props: ControlProps) {
  const { setting, name, value, example, onChange } = props;
  switch (setting.field.field) {
    case 'prompt':
      return (
        <PromptControl
          name={name}
          value={value as Prompt | undefined}
          example={example}
          variables={[...setting.field.variables, ...callVariables]}
          onChange={onChange}
        />
      );
    case 'audio':
      return <AudioChoice name={name} value={value as AudioPart | undefined} onChange={onChange} />;
    case 'number':
      return <NumberControl {...props} />;
    case 'switch':
      return <SwitchControl {...props} />;
    case 'reference':
      return <GroupControl {...props} />;
    case 'labels':
      return null;
  }
}

function NumberControl({
  setting: { name: setting, least, most, unset },
  name,
  value,
  onChange,
}: ControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useSurroundings();
  return (
    <InputNumber
      aria-label={name}
      disabled={!mayEdit}
      style={{ width: 140 }}
      precision={0}
      value={typeof value === 'number' ? value : null}
      placeholder={String(unset ?? '')}
      suffix={setting.endsWith('Seconds') ? t('form.seconds') : t('form.times')}
      {...(least === undefined ? {} : { min: least })}
      {...(most === undefined ? {} : { max: most })}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** What is set to its default is left out of the document, as the other controls leave it. */
function SwitchControl({ setting: { unset }, name, value, onChange }: ControlProps) {
  const { mayEdit } = useSurroundings();
  return (
    <Switch
      aria-label={name}
      disabled={!mayEdit}
      checked={value === true}
      onChange={(on) => onChange(on === unset ? undefined : on)}
    />
  );
}

function GroupControl({ name, value, example, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { groups, mayEdit } = useSurroundings();
  return (
    <AutoComplete
      aria-label={name}
      disabled={!mayEdit}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : ''}
      placeholder={example || t('form.group')}
      options={groups.map((group) => ({ value: group.id, label: `${group.name} (${group.id})` }))}
      onChange={(next: string) => onChange(next === '' ? undefined : next)}
    />
  );
}
