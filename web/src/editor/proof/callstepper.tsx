import { ArrowLeftOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useReactFlow } from '@xyflow/react';
import { Button } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WalkedStep } from '../../../../lib/proof/walk.ts';
import { boxOf } from '../../document/things.ts';
import { didText, endText } from '../../phone/naming.ts';
import { factText, heardLines } from '../../words/heard.ts';
import { useNames } from '../../words/naming.ts';
import { useFlow } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';

interface CallStepperProps {
  readonly title: string | undefined;
  readonly steps: readonly WalkedStep[];
  /** Shows the call up to a step. */
  readonly show: (steps: readonly WalkedStep[]) => void;
  readonly back: () => void;
}

/** The least zoom at which a node can be read. */
const legible = 0.6;

/** A call step by step: what the caller does, what had to be known, what is heard, and where the call stands. */
export function CallStepper({ title, steps, show, back }: CallStepperProps) {
  const { t } = useTranslation();
  const names = useNames();
  const canvas = useReactFlow();
  const flow = useFlow();
  const { groups, schedules, connections, flows } = useEditorContext();
  const nameOf = (kind: string, id: string) => {
    const known: Readonly<Record<string, readonly { id: string; name: string }[]>> = {
      ...{ available: groups, schedule: schedules, request: connections, flow: flows },
    };
    return known[kind]?.find((each) => each.id === id)?.name ?? id;
  };
  const [at, setAt] = useState(0);
  const step = steps[at];
  const draw = useEffectEvent(() => {
    show(steps.slice(0, at + 1));
    const box = boxOf(flow, step?.ended?.node ?? step?.node ?? '');
    if (box === undefined) return;
    const zoom = Math.max(canvas.getZoom(), legible);
    void canvas.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: 300 });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the canvas follows the step, whatever else is redrawn
  useEffect(() => draw(), [at, steps]);
  return (
    <div className="callers-played">
      <div className="callers-steps">
        <Button
          type="text"
          size="small"
          icon={<ArrowLeftOutlined />}
          aria-label={t('callers.back')}
          onClick={back}
        />
        <b>{title}</b>
        <Button
          size="small"
          icon={<LeftOutlined />}
          aria-label={t('callers.previous')}
          disabled={at === 0}
          onClick={() => setAt(at - 1)}
        />
        <span role="status">
          {t('callers.step', { step: Math.min(at + 1, steps.length), count: steps.length })}
        </span>
        <Button
          size="small"
          type="primary"
          icon={<RightOutlined />}
          aria-label={t('callers.next')}
          disabled={at >= steps.length - 1}
          onClick={() => setAt(at + 1)}
        />
      </div>
      {step === undefined ? null : (
        <dl>
          <dt>{t('callers.happens')}</dt>
          <dd>{didText(t, step.happening, undefined)}</dd>
          {step.facts.length === 0 ? null : (
            <>
              <dt>{t('callers.known')}</dt>
              <dd>{step.facts.map((fact) => factText(t, fact, nameOf)).join(t('compare.comma'))}</dd>
            </>
          )}
          <dt>{t('callers.heard')}</dt>
          <dd>
            {step.verbs
              .flatMap((verb) => heardLines(t, verb, (id) => nameOf('available', id)))
              .map(({ text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same may be heard twice
                <p key={index}>{text}</p>
              ))}
          </dd>
          <dt>{t('callers.stands')}</dt>
          <dd>
            {step.ended === undefined
              ? names.nodeAt(flow, step.node)
              : t('callers.ended', {
                  name: names.nodeAt(flow, step.ended.node),
                  reason: endText(t, step.ended.reason),
                })}
          </dd>
        </dl>
      )}
    </div>
  );
}
