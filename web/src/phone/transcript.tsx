import { SoundOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { heardLines } from '../words/heard.ts';
import { soundsOf } from './heard.ts';
import { didText, type NameOf } from './naming.ts';
import { useNodeName } from './nodename.ts';
import type { CallTurn, CallView } from './testcall.ts';
import type { PhoneSpeaker } from './usespeaker.ts';

interface TranscriptProps {
  readonly view: CallView | undefined;
  readonly flow: Flow;
  readonly others: ReadonlyMap<string, Flow>;
  readonly nameOf: NameOf;
  readonly speaker: PhoneSpeaker;
}

/** What was done and heard in a call, in order. */
export function Transcript({ view, flow, others, nameOf, speaker }: TranscriptProps) {
  const { t } = useTranslation();
  const nodeName = useNodeName(flow, others);
  const end = useRef<HTMLLIElement>(null);
  const count = view?.turns.length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has just come is brought into view
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return (
    <div className="phone-story" role="log" aria-label={t('phone.heard')}>
      <ol>
        {view === undefined ? <li className="faint">{t('phone.about')}</li> : null}
        {view?.turns.map((turn, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays in its order
          <li key={place} ref={place === count - 1 ? end : null}>
            <Lost keys={turn.lost} />
            <p className="phone-did">{didText(t, turn.happening, turn.manner)}</p>
            <Heard turn={turn} nameOf={nameOf} speaker={speaker} />
            {place === count - 1 ? null : (
              <small className="faint">
                {t('phone.at', { node: nodeName(turn.entries.at(-1)?.flow ?? flow.id, turn.node) })}
              </small>
            )}
          </li>
        ))}
        {view === undefined || view.lost.length === 0 ? null : (
          <li>
            <Lost keys={view.lost} />
          </li>
        )}
      </ol>
    </div>
  );
}

function Lost({ keys }: { keys: readonly string[] }) {
  const { t } = useTranslation();
  return keys.map((key, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be lost twice
    <p key={place} className="phone-did is-lost">
      {t('phone.lostKey', { key })}
    </p>
  ));
}

function Heard({ turn, nameOf, speaker }: { turn: CallTurn } & Pick<TranscriptProps, 'nameOf' | 'speaker'>) {
  const { t } = useTranslation();
  const lines = turn.verbs.flatMap((verb) => heardLines(t, verb, (id) => nameOf('available', id)));
  if (lines.length === 0) return null;
  return (
    <div className="phone-heard">
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was heard stays in its order, and may stand twice
        <p key={place} className={line.spoken ? undefined : 'faint'}>
          {line.text}
        </p>
      ))}
      {speaker.isHeard && lines.some(({ spoken }) => spoken) ? (
        <Button
          size="small"
          type="text"
          icon={<SoundOutlined />}
          aria-label={t('phone.hear')}
          onClick={() => speaker.hear(soundsOf(turn))}
        />
      ) : null}
    </div>
  );
}
