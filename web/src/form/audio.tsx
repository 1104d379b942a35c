import { CustomerServiceOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AudioPart, holdMusic } from '../../../lib/flow/prompt.ts';
import { useSurroundings } from '../canvas/surroundings.ts';

interface AudioChoiceProps {
  readonly name: string;
  readonly value: AudioPart | undefined;
  readonly onChange: (value: AudioPart) => void;
}

/** Chooses an audio: the system's own, and one that the document names already. */
export function AudioChoice({ name, value, onChange }: AudioChoiceProps) {
  const { t } = useTranslation();
  const { mayEdit } = useSurroundings();
  const ids = new Set([holdMusic, value?.audio ?? holdMusic]);
  return (
    <Select
      aria-label={name}
      disabled={!mayEdit}
      style={{ width: '100%' }}
      prefix={<CustomerServiceOutlined />}
      value={value?.audio ?? holdMusic}
      options={[...ids].map((id) => ({ value: id, label: id === holdMusic ? t('form.holdMusic') : id }))}
      onChange={(audio: string) => onChange({ audio })}
    />
  );
}
