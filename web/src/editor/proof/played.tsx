import { ArrowLeftOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useReactFlow } from '@xyflow/react';
import { Button } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sound, Verb } from '../../../../lib/flow/verbs.ts';
import { writeVerb } from '../../../../lib/proof/heard.ts';
import type { WalkedStep } from '../../../../lib/proof/walk.ts';
import { boxOf } from '../../document/things.ts';
import { useNames } from '../../words/naming.ts';
import { useFlow } from '../desk.ts';

interface PlayedProps {
  readonly title: string | undefined;
  readonly steps: readonly WalkedStep[];
  /** Shows the call up to a step. */
  readonly show: (steps: readonly WalkedStep[]) => void;
  readonly back: () => void;
}

/** The least zoom at which a node can be read. */
const legible = 0.6;

/** A call step by step: what the caller does, what had to be known, what is heard, and where the call stands. */
export function Played({ title, steps, show, back }: PlayedProps) {
  const { t } = useTranslation();
  const names = useNames();
  const canvas = useReactFlow();
  const flow = useFlow();
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
          <dd>
            <kbd>{eventText(step.event, (word, values) => t(`callers.events.${word}` as never, values))}</kbd>
          </dd>
          {step.facts.length === 0 ? null : (
            <>
              <dt>{t('callers.known')}</dt>
              <dd>{step.facts.join(', ')}</dd>
            </>
          )}
          <dt>{t('callers.heard')}</dt>
          <dd>
            {step.verbs.flatMap(heardIn).map((text, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may be heard twice
              <p key={index}>{text}</p>
            ))}
          </dd>
          <dt>{t('callers.stands')}</dt>
          <dd>
            {step.ended === undefined
              ? names.nodeAt(flow, step.node)
              : t('callers.ended', { name: names.nodeAt(flow, step.ended.node), reason: step.ended.reason })}
          </dd>
        </dl>
      )}
    </div>
  );
}

/** What is heard of a verb, sound by sound; what is no sound as a script writes it. */
function heardIn(verb: Verb): string[] {
  if (verb.verb === 'gather') return verb.sounds.map(soundText);
  return [verb.verb === 'say' || verb.verb === 'play' ? soundText(verb) : writeVerb(verb)];
}

function soundText(sound: Sound): string {
  return sound.verb === 'say' ? sound.text : `♪ ${sound.audio}`;
}

const eventWords: Readonly<Record<string, string>> = { 'hung up': 'hungUp', 'no-answer': 'noAnswer' };

/** An event of a script in the console's language. */
function eventText(event: string, word: (name: string, values: { what: string }) => string): string {
  const [name = '', ...rest] = event.split(' ');
  const known = eventWords[event];
  return known === undefined ? word(name, { what: rest.join(' ') }) : word(known, { what: '' });
}
