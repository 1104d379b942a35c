import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { changeKindOf } from './changemarks.ts';
import type { Sentence } from './changes.tsx';
import { changeGlyphs } from './layer.ts';

/** To the next change, or to the previous one. */
export type StepDirection = 1 | -1;

interface ChangeListProps {
  readonly sentences: readonly Sentence[];
  /** What is said if there are none. */
  readonly none: string;
  /** The index of the change that is looked at. */
  readonly chosen: number | undefined;
  readonly choose: (index: number) => void;
  readonly step: (by: StepDirection) => void;
  readonly hideMoves: boolean;
  readonly setHideMoves: (hide: boolean) => void;
}

/** The changes as sentences to choose from; the one that is chosen is kept in view. */
export function ChangeList({ sentences, none, chosen, choose, step, ...moves }: ChangeListProps) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (chosen !== undefined) list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const stepping = (name: string, icon: ReactNode, by: StepDirection) => (
    <Button
      size="small"
      icon={icon}
      aria-label={name}
      title={`${name} (${by > 0 ? 'N' : 'P'})`}
      disabled={sentences.length === 0}
      onClick={() => step(by)}
    />
  );
  return (
    <section className="change-list" aria-label={t('compare.changes')}>
      <header>
        {stepping(t('compare.previous'), <UpOutlined />, -1)}
        {stepping(t('compare.next'), <DownOutlined />, 1)}
        <span role="status">
          {chosen === undefined
            ? t('compare.total', { count: sentences.length })
            : t('compare.place', { index: chosen + 1, count: sentences.length })}
          <span className="unseen">{chosen === undefined ? '' : sentences[chosen]?.text}</span>
        </span>
        <Tally sentences={sentences} />
        <Switch id={id} size="small" checked={moves.hideMoves} onChange={moves.setHideMoves} />
        <label htmlFor={id}>{t('compare.hideMoves')}</label>
      </header>
      {sentences.length === 0 ? <p>{none}</p> : null}
      <ol ref={list}>
        {sentences.map(({ change, text }, index) => (
          <li key={JSON.stringify(change)}>
            <button type="button" aria-current={index === chosen} onClick={() => choose(index)}>
              <b data-tone={changeKindOf(change)} aria-hidden="true">
                {changeGlyphs[changeKindOf(change)]}
              </b>
              {text}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How many changes there are of each kind. */
function Tally({ sentences }: Pick<ChangeListProps, 'sentences'>) {
  const { t } = useTranslation();
  return (['added', 'removed', 'changed', 'moved'] as const).map((kind) => {
    const count = sentences.filter(({ change }) => changeKindOf(change) === kind).length;
    return count === 0 ? null : (
      <span key={kind} className="tally">
        <b data-tone={kind} aria-hidden="true">
          {changeGlyphs[kind]}
        </b>
        {t(`compare.${kind}`)} {count}
      </span>
    );
  });
}
