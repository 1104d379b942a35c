import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CloseOutlined,
  CustomerServiceOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { holdMusic, type Prompt, type PromptPart, partsOf } from '../../../../lib/flow/prompt.ts';
import { moved, promptOf, without, withPart } from '../../document/parts.ts';
import { useSurroundings } from '../surroundings.ts';
import { AudioChoice } from './audio.tsx';
import { TextControl } from './text.tsx';

interface PromptControlProps {
  readonly name: string;
  readonly value: Prompt | undefined;
  readonly example: string;
  /** The names that its texts may use between `${` and `}`. */
  readonly variables: readonly string[];
  readonly onChange: (value: Prompt | undefined) => void;
}

/** What a caller hears: one text as a rule, else several texts and audios in order. */
export function PromptControl({ name, value, example, variables, onChange }: PromptControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useSurroundings();
  const parts = value === undefined ? [] : partsOf(value);
  const shown: readonly PromptPart[] = parts.length === 0 ? [{ text: '' }] : parts;
  const several = shown.length > 1;
  const change = (next: readonly PromptPart[]) => onChange(promptOf(next));
  const last = shown.at(-1);
  const adding = mayEdit ? <PartAdd add={(part) => change([...parts, part])} /> : null;
  return (
    <div className="prompt">
      {shown.map((part, index) => {
        const called = several ? t('form.part', { name, number: index + 1 }) : name;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
          <div key={index} className={`part${several ? ' is-one-of-several' : ''}`} data-part={index}>
            {several || 'audio' in part ? (
              <div className="part-head">
                <span>{'text' in part ? t('form.text') : t('form.audio')}</span>
                {mayEdit ? (
                  <PartTools index={index} count={shown.length} parts={shown} change={change} />
                ) : null}
              </div>
            ) : null}
            {'text' in part ? (
              <TextControl
                name={called}
                part={part}
                example={example}
                variables={variables}
                onChange={(next) => change(withPart(shown, index, next))}
                foot={part === last ? adding : null}
              />
            ) : (
              <AudioChoice
                name={called}
                value={part}
                onChange={(next) => change(withPart(shown, index, next))}
              />
            )}
          </div>
        );
      })}
      {last !== undefined && 'audio' in last ? <div className="text-foot">{adding}</div> : null}
    </div>
  );
}

interface PartToolsProps {
  readonly index: number;
  readonly count: number;
  readonly parts: readonly PromptPart[];
  readonly change: (parts: readonly PromptPart[]) => void;
}

function PartTools({ index, count, parts, change }: PartToolsProps) {
  const { t } = useTranslation();
  return (
    <Space size={0}>
      <Button
        size="small"
        type="text"
        icon={<ArrowUpOutlined />}
        aria-label={t('form.partUp')}
        disabled={index === 0}
        onClick={() => change(moved(parts, index, index - 1))}
      />
      <Button
        size="small"
        type="text"
        icon={<ArrowDownOutlined />}
        aria-label={t('form.partDown')}
        disabled={index === count - 1}
        onClick={() => change(moved(parts, index, index + 1))}
      />
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('form.partRemove')}
        onClick={() => change(without(parts, index))}
      />
    </Space>
  );
}

function PartAdd({ add }: { add: (part: PromptPart) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => add({ text: '' })}>
        {t('form.addText')}
      </Button>
      <Button
        size="small"
        type="text"
        icon={<CustomerServiceOutlined />}
        onClick={() => add({ audio: holdMusic })}
      >
        {t('form.addAudio')}
      </Button>
    </>
  );
}
