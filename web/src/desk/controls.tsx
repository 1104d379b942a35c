import { Alert, Button, Input, Select, Space } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DeskPhone,
  newPhone,
  openUntil,
  type PhoneState,
  type SoundDevices,
  type Tell,
} from './phone.ts';
import { askForNotifications, useRing } from './ring.ts';

interface PhoneControlsProps {
  /** Opens the phone; rejects with an Error that says why it cannot be opened. */
  readonly open: (tell: Tell) => Promise<DeskPhone>;
  /** What is told while it rings. */
  readonly ringText: string;
  /** Whether calls ring the agent now: they do not during a break. */
  readonly online: boolean;
  /** Whether the page rings itself. */
  readonly sound: boolean;
}

/** A phone in the browser: opened by a click, so that the page may make sounds, and closed with the page. */
export function PhoneControls({ open, ringText, online, sound }: PhoneControlsProps) {
  const { t } = useTranslation();
  const held = useRef<AbortController>(undefined);
  const [phone, setPhone] = useState<DeskPhone | undefined>(undefined);
  const [state, setState] = useState<PhoneState | undefined>(undefined);
  const begin = useCallback(async () => {
    askForNotifications();
    held.current?.abort();
    const own = new AbortController();
    held.current = own;
    setPhone(undefined);
    setState(newPhone);
    const tell: Tell = (change) => setState((before = newPhone) => ({ ...before, ...change }));
    const opened = await openUntil(own.signal, open, tell);
    if (held.current === own) setPhone(opened);
  }, [open]);
  useEffect(() => () => held.current?.abort(), []);
  useRing(state?.at === 'ringing', ringText, sound);
  const at = state?.at;
  return (
    <section className="card desk-phone" aria-label={t('desk.phone')} data-at={at ?? 'closed'}>
      {state === undefined || at === 'lost' ? (
        <Button type="primary" onClick={() => void begin()}>
          {t('desk.connect')}
        </Button>
      ) : (
        <b role="status">{t(`desk.phones.${state.at === 'ready' && !online ? 'quiet' : state.at}`)}</b>
      )}
      {state?.why === undefined ? null : <Alert type="warning" showIcon title={state.why} />}
      {state === undefined || phone === undefined ? null : <Talk phone={phone} state={state} />}
    </section>
  );
}

function Talk({ phone, state }: { phone: DeskPhone; state: PhoneState }) {
  const { t } = useTranslation();
  const { at, muted, said } = state;
  if (at === 'ringing') {
    return (
      <Space>
        <Button type="primary" size="large" onClick={() => phone.accept()}>
          {t('desk.accept')}
        </Button>
        <Button danger size="large" onClick={() => phone.reject()}>
          {t('desk.reject')}
        </Button>
      </Space>
    );
  }
  return (
    <>
      {at === 'connected' ? (
        <>
          <Space wrap>
            {phone.mute === undefined ? null : (
              <Button aria-pressed={muted} onClick={() => phone.mute?.(!muted)}>
                {t(muted ? 'desk.unmute' : 'desk.mute')}
              </Button>
            )}
            <Button danger onClick={() => phone.hangUp()}>
              {t('desk.hangUp')}
            </Button>
          </Space>
          <Keypad press={(key) => phone.press(key)} />
          {phone.say === undefined ? null : <Say say={phone.say} />}
        </>
      ) : null}
      {said.length === 0 ? null : (
        <ul className="desk-said">
          {said.map((text, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was said stays in its order, and may stand twice
            <li key={place}>{text}</li>
          ))}
        </ul>
      )}
      {phone.devices === undefined ? null : <Devices phone={phone} devices={phone.devices()} />}
    </>
  );
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

function Keypad({ press }: { press: (key: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="desk-keys" aria-label={t('desk.keypad')}>
      {keys.map((key) => (
        <Button key={key} onClick={() => press(key)}>
          {key}
        </Button>
      ))}
    </fieldset>
  );
}

function Say({ say }: { say: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Input.Search
      aria-label={t('desk.say')}
      placeholder={t('desk.say')}
      enterButton={t('desk.send')}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onSearch={(words) => {
        if (words.trim() !== '') say(words);
        setText('');
      }}
    />
  );
}

function Devices({ phone, devices }: { phone: DeskPhone; devices: SoundDevices }) {
  const { t } = useTranslation();
  return (
    <Space wrap>
      {(['inputs', 'outputs'] as const).map((kind) =>
        devices[kind].size === 0 ? null : (
          <Select
            key={kind}
            aria-label={t(`desk.${kind}`)}
            placeholder={t(`desk.${kind}`)}
            style={{ minWidth: 200 }}
            options={Array.from(devices[kind], ([value, label]) => ({ value, label }))}
            onChange={(id: string) => phone.choose?.(kind, id)}
          />
        ),
      )}
    </Space>
  );
}
