import { PhoneOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../../lib/flow/events.ts';
import { didText } from './naming.ts';
import { othersCan } from './pad.ts';
import type { TestPhone } from './usephone.ts';

/** What can be done on the phone by button and by key. */
export interface Controls {
  /** Whether a call is on it. */
  readonly isOn: boolean;
  call(): void;
  press(key: string): void;
  silence(): void;
  later(): void;
  takeBack(): void;
  hangUp(): void;
}

interface KeypadProps {
  readonly phone: TestPhone;
  /** Whether all that a call needs is known. */
  readonly ready: boolean;
  readonly controls: Controls;
  /** Wraps what a click does that may take its button away. */
  readonly around: (does: () => void) => () => void;
}

/** The keys as they lie on a phone. */
const rows = [...keys.slice(1, 10), '*', '0', '#'];

/** The dial pad, and what else the caller, time and others can do. */
export function Keypad({ phone, ready, controls, around }: KeypadProps) {
  const { t } = useTranslation();
  const { view, ai } = phone;
  const { isOn } = controls;
  const waitsForKeys = isOn && view?.stands.waits === 'keys';
  return (
    <div className="phone-pad">
      <fieldset className="phone-digits">
        <legend className="unseen">{t('phone.pad')}</legend>
        {rows.map((key) => (
          <Button key={key} disabled={!waitsForKeys} onClick={() => controls.press(key)}>
            {key}
          </Button>
        ))}
      </fieldset>
      {isOn ? <Others phone={phone} around={around} /> : null}
      <div className="phone-actions">
        <Button disabled={!waitsForKeys} onClick={around(controls.silence)}>
          {t(ai ? 'phone.speaks' : 'phone.silent')}
        </Button>
        <Tooltip title={t('phone.laterHelp')}>
          <Button disabled={!isOn} onClick={around(controls.later)}>
            {t('phone.later')}
          </Button>
        </Tooltip>
        <Button disabled={view === undefined} onClick={around(controls.takeBack)}>
          {t('phone.takeBack')}
        </Button>
        {isOn ? (
          <Button
            danger
            type="primary"
            icon={<PhoneOutlined aria-hidden rotate={225} />}
            onClick={around(controls.hangUp)}
          >
            {t('phone.hangUp')}
          </Button>
        ) : (
          <Button
            type="primary"
            icon={<PhoneOutlined aria-hidden />}
            loading={!ready}
            onClick={around(controls.call)}
          >
            {t(view === undefined ? 'phone.call' : 'phone.again')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What an agent, a queue or an outside number can do where the call waits for them. */
function Others({ phone: { view, happen }, around }: Pick<KeypadProps, 'phone' | 'around'>) {
  const { t } = useTranslation();
  const [staffNo, setStaffNo] = useState('1001');
  if (view === undefined) return null;
  const { waits, talks } = view.stands;
  const can = othersCan(view.stands);
  if (can.length === 0) return null;
  return (
    <div className="phone-others">
      {waits === 'queue' && talks !== true ? (
        <>
          <Input
            size="small"
            aria-label={t('phone.agent')}
            value={staffNo}
            maxLength={10}
            onChange={({ target }) => setStaffNo(target.value.replace(/\D/g, ''))}
          />
          <Button
            size="small"
            type="primary"
            disabled={staffNo === ''}
            onClick={around(() => happen({ word: 'connected', staffNo }))}
          >
            {t('phone.did.connected', { agent: staffNo })}
          </Button>
        </>
      ) : null}
      {can.map((happening) => (
        <Button key={didText(t, happening, undefined)} size="small" onClick={around(() => happen(happening))}>
          {didText(t, happening, undefined)}
        </Button>
      ))}
    </div>
  );
}
