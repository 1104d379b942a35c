import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Space } from 'antd';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { holdMusic, type Prompt, type PromptPart, partsOf } from '../../../../lib/flow/prompt.ts';
import { moved, promptOf, without, withPart } from '../../document/parts.ts';
import { useDocumentStore } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { AudioChoice } from './audio.tsx';
import { Part } from './mark.tsx';
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
  const { mayEdit } = useEditorContext();
  const parts = value === undefined ? [] : partsOf(value);
  const shown: readonly PromptPart[] = parts.length === 0 ? [{ text: '' }] : parts;
  const several = shown.length > 1;
  const change = (next: readonly PromptPart[]) => onChange(promptOf(next));
  const last = shown.at(-1);
  const { switched, reordered } = useSwitching(shown, change);
  const adding = mayEdit ? (
    <Button
      size="small"
      type="text"
      icon={<PlusOutlined />}
      onClick={() => reordered([...parts, { text: '' }])}
    >
      {t('form.addPart')}
    </Button>
  ) : null;
  return (
    <div className="prompt">
      {shown.map((part, index) => {
        const called = several ? t('form.part', { name, number: index + 1 }) : name;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
          <div key={index} className={`part${several ? ' is-one-of-several' : ''}`} data-part={index}>
            {mayEdit || several || 'audio' in part ? (
              <div className="part-head">
                <PartKind part={part} choose={(kind) => switched(index, part, kind)} />
                {mayEdit && (several || 'audio' in part) ? (
                  <PartTools index={index} count={shown.length} parts={shown} change={reordered} />
                ) : null}
              </div>
            ) : null}
            <InPrompt index={Array.isArray(value) ? index : undefined}>
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
                <Part within="audio" forWhole>
                  <AudioChoice
                    name={called}
                    value={part}
                    onChange={(next) => change(withPart(shown, index, next))}
                  />
                </Part>
              )}
            </InPrompt>
          </div>
        );
      })}
      {last !== undefined && 'audio' in last ? <div className="text-foot">{adding}</div> : null}
    </div>
  );
}

/** A part of a prompt at its place; a prompt of one part may be that part itself. */
function InPrompt({ index, children }: { index: number | undefined; children: ReactNode }) {
  return index === undefined ? children : <Part within={String(index)}>{children}</Part>;
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

interface PartKindProps {
  readonly part: PromptPart;
  readonly choose: (kind: 'text' | 'audio') => void;
}

/** Says whether a part is a text or an audio, and switches it. */
function PartKind({ part, choose }: PartKindProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const kind = 'text' in part ? 'text' : 'audio';
  if (!mayEdit) return <span>{t(`form.${kind}`)}</span>;
  return (
    <Segmented
      size="small"
      aria-label={t('form.partKind')}
      value={kind}
      options={(['text', 'audio'] as const).map((value) => ({ value, label: t(`form.${value}`) }))}
      onChange={choose}
    />
  );
}

/** Switches parts between text and audio. What a part was before comes back when it is switched back. */
function useSwitching(shown: readonly PromptPart[], change: (parts: readonly PromptPart[]) => void) {
  const store = useDocumentStore();
  const before = useRef(new Map<number, PromptPart>());
  /** Neither goes with what is typed before it or after it. */
  const step = (next: readonly PromptPart[]) => {
    store.endStep();
    change(next);
    store.endStep();
  };
  return {
    switched(index: number, part: PromptPart, kind: 'text' | 'audio') {
      const kept = before.current.get(index);
      const fresh: PromptPart = kind === 'text' ? { text: '' } : { audio: holdMusic };
      before.current.set(index, part);
      step(withPart(shown, index, kept !== undefined && kind in kept ? kept : fresh));
    },
    /** Changes which parts there are, and in which order. */
    reordered(next: readonly PromptPart[]) {
      before.current.clear();
      step(next);
    },
  };
}
