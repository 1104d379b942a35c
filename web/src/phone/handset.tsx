import { Button, Input, Space } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isKey, keys } from '../../../lib/flow/events.ts';
import type { PhoneEvent } from '../api/phoneport.ts';
import type { Line, Noticed } from './line.ts';
import type { CarrierPhone } from './usecarrierphone.ts';
import './transcript.css';
import './handset.css';

interface HandsetProps {
  readonly name: string;
  readonly about?: string;
  readonly phone: CarrierPhone;
  /** What can be done with it while no call is on it. */
  readonly children: ReactNode;
  /** Whether it has a dial pad, as the caller's has. */
  readonly dials?: boolean;
}

const pad = [...keys.slice(1, 10), '*', '0', '#'];

/** A phone on the page: what is heard on it, and all that its holder can do. Keys of the keyboard press those of a dial pad. */
export function Handset({ name, about, phone, children, dials = false }: HandsetProps) {
  const { t } = useTranslation();
  const { line, act } = phone;
  const own = useRef<HTMLElement>(null);
  const isOn = line.phase === 'on';
  const press = (key: string) => act({ act: 'keys', keys: key }, t('phone.did.pressed', { key }));
  const typed = (event: KeyboardEvent) => {
    const inField = event.target instanceof HTMLElement && event.target.closest('input, [role="combobox"]');
    if (!dials || !isOn || inField || event.ctrlKey || event.metaKey || !isKey(event.key)) return;
    event.preventDefault();
    press(event.key);
  };
  useEffect(() => {
    // The button that began the call is gone.
    if (isOn && dials) own.current?.focus();
  }, [isOn, dials]);
  return (
    <section ref={own} className="handset card" aria-label={name} tabIndex={-1} onKeyDown={typed}>
      <header>
        <h2>{name}</h2>
        {about === undefined ? null : <small>{about}</small>}
        <span className={`handset-phase is-${line.phase}`} role="status">
          {line.waits === undefined ? t(`phones.phases.${line.phase}`) : t(`phones.waits.${line.waits}`)}
        </span>
      </header>
      <Told line={line} />
      {dials ? (
        <fieldset className="phone-digits" disabled={!isOn}>
          <legend className="unseen">{t('phone.pad')}</legend>
          {pad.map((key) => (
            <Button key={key} disabled={!isOn} onClick={() => press(key)}>
              {key}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <div className="handset-acts">
        {line.phase === 'ringing' ? (
          <>
            <Button type="primary" onClick={() => act({ act: 'answer' }, t('phones.answer'))}>
              {t('phones.answer')}
            </Button>
            <Button onClick={() => act({ act: 'decline' }, t('phones.decline'))}>
              {t('phones.decline')}
            </Button>
          </>
        ) : null}
        {dials && isOn ? (
          <Button
            disabled={line.waits !== 'keys'}
            onClick={() => act({ act: 'silence' }, t('phone.did.silent'))}
          >
            {t('phone.silent')}
          </Button>
        ) : null}
        {isOn ? (
          <Button danger type="primary" onClick={() => act({ act: 'hangup' }, t('phone.hangUp'))}>
            {t('phone.hangUp')}
          </Button>
        ) : null}
        {isOn || line.phase === 'ringing' ? null : children}
      </div>
      {isOn ? <Saying act={act} /> : null}
    </section>
  );
}

/** Lets the holder say something to who listens: an agent, a caller, or a mailbox. */
function Saying({ act }: Pick<CarrierPhone, 'act'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const say = () => {
    if (text.trim() === '') return;
    act({ act: 'say', text: text.trim() }, text.trim());
    setText('');
  };
  return (
    <Space.Compact block>
      <Input
        aria-label={t('phones.say')}
        placeholder={t('phones.say')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={say}
      />
      <Button onClick={say}>{t('phones.sayIt')}</Button>
    </Space.Compact>
  );
}

/** What was heard, said and done on a phone, the last at the bottom. */
function Told({ line: { noticed } }: { line: Line }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has just come is brought into view
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [noticed]);
  return (
    <div ref={list} className="phone-story" role="log" aria-label={t('phone.heard')}>
      <ol>
        {noticed.map((each, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was noticed stays in its order
          <li key={place}>
            <Notice noticed={each} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Notice({ noticed }: { noticed: Noticed }) {
  const { t } = useTranslation();
  switch (noticed.what) {
    case 'did':
      return <p className="phone-did">{noticed.text}</p>;
    case 'heard':
      return <p className="phone-heard">{noticed.text}</p>;
    case 'said':
      return <p className="phone-heard">{t('phones.said', { text: noticed.text })}</p>;
    case 'music':
      return <p className="phone-heard is-faint">♪ {t('phones.music')}</p>;
    case 'event':
      return <EventLine event={noticed.event} />;
  }
}

function EventLine({ event }: { event: PhoneEvent }) {
  const { t } = useTranslation();
  switch (event.event) {
    case 'ringing':
      return <small>{t('phones.events.ringing', { from: event.from })}</small>;
    case 'queued':
      return <small>{t('phones.events.queued', { queue: event.queue })}</small>;
    case 'dialling':
      return <small>{t('phones.events.dialling', { number: event.number })}</small>;
    case 'bridged':
    case 'parted':
      return <small>{t(`phones.events.${event.event}`)}</small>;
    case 'failed':
      return <small>{t('phones.events.failed', { message: event.message })}</small>;
    case 'ended':
      return <small>{t('phones.events.ended', { seconds: Math.round(event.seconds) })}</small>;
    default:
      return null;
  }
}
