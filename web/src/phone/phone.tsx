import { CloseOutlined, FileAddOutlined } from '@ant-design/icons';
import { Alert, Button, Switch, Tooltip } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isKey } from '../../../lib/flow/events.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Layer } from '../canvas/layer.ts';
import type { ScriptRemote } from '../draft/remote.ts';
import { nextMove } from './aicaller.ts';
import { CallState, CallStatus } from './callstatus.tsx';
import { useEnteredFlows } from './enteredflows.ts';
import { FactsForm } from './factsform.tsx';
import { type Controls, Keypad } from './keypad.tsx';
import type { NameOf } from './naming.ts';
import { pathLayer } from './path.ts';
import { happeningsIn, scriptOf } from './script.ts';
import type { CallView } from './testcall.ts';
import { Transcript } from './transcript.tsx';
import { type TestPhone, usePhone } from './usephone.ts';
import { useSpeaker } from './usespeaker.ts';
import './transcript.css';
import './phone.css';

interface PhoneProps {
  /** The flow as it is drawn. */
  readonly flow: Flow;
  /** Where the other flows are found that it enters. */
  readonly scripts: ScriptRemote | undefined;
  readonly nameOf: NameOf;
  /** Lays the way of the call over the drawing. */
  readonly light: (layer: Layer | undefined) => void;
  /** Takes the call as a script; left out if scripts cannot be kept. */
  readonly keep: ((script: string) => void) | undefined;
  readonly close: () => void;
}

const none: ReadonlyMap<string, Flow> = new Map();

/** A phone beside the canvas: calls what is drawn, by the engine of live calls, in the browser. */
export function Phone({ flow, scripts, nameOf, light, keep, close }: PhoneProps) {
  const { t } = useTranslation();
  const others = useEnteredFlows(flow, scripts);
  const phone = usePhone(flow, others ?? none);
  const { view } = phone;
  const speaker = useSpeaker(phone);
  const own = useRef<HTMLElement>(null);
  const controls = controlsOf(phone, speaker);
  useLight(view, flow.id, light);
  useAi(phone, flow, others ?? none);
  useEffect(() => {
    own.current?.focus();
  }, []);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // What is typed here is for the phone, and not for the canvas.
    event.stopPropagation();
    if (event.target instanceof HTMLElement && event.target.closest('input, [role="combobox"]')) return;
    const does = event.key === 'Escape' ? close : actionOf(event.key, controls);
    if (does === undefined) return;
    event.preventDefault();
    does();
  };
  const focusBack = (does: () => void) => () => {
    does();
    // The button that was clicked may go.
    own.current?.focus();
  };
  return (
    <aside ref={own} className="phone" tabIndex={-1} aria-label={t('phone.title')} onKeyDown={press}>
      <header>
        <h2>{t('phone.title')}</h2>
        {speaker.isHeard ? (
          <Tooltip title={t('phone.sound')}>
            <Switch size="small" aria-label={t('phone.sound')} checked={speaker.on} onChange={speaker.turn} />
          </Tooltip>
        ) : null}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('canvas.close')} onClick={close} />
      </header>
      <CallStatus view={view} flow={flow} others={others ?? none} entry={phone.entry} />
      {view?.refused === undefined ? null : <Alert type="warning" showIcon title={t('phone.refused')} />}
      {speaker.fault === undefined ? null : (
        <p className="faint">{t('phone.soundFault', { reason: speaker.fault })}</p>
      )}
      <Transcript {...{ view, flow, nameOf, speaker }} others={others ?? none} />
      <Keypad phone={phone} ready={others !== undefined} controls={controls} around={focusBack} />
      <div className="phone-more">
        <span className="phone-ai">
          <Switch size="small" checked={phone.ai} onChange={phone.setAi} aria-label={t('phone.ai')} />
          <Tooltip title={t('phone.aiHelp')}>{t('phone.ai')}</Tooltip>
        </span>
        {keep === undefined || view === undefined ? null : (
          <Tooltip title={t('phone.scriptHelp')}>
            <Button
              size="small"
              icon={<FileAddOutlined aria-hidden />}
              onClick={() => keep(scriptOf(view, t('phone.scriptTitle', { what: happeningsIn(view) })))}
            >
              {t('phone.script')}
            </Button>
          </Tooltip>
        )}
      </div>
      <CallState view={view} />
      <FactsForm phone={phone} flows={[flow, ...(others ?? none).values()]} nameOf={nameOf} />
      <p className="faint phone-keys">{t('phone.keys')}</p>
    </aside>
  );
}

/** What the phone's buttons and keys do: a key that comes while a prompt is heard that takes none is lost. */
function controlsOf(phone: TestPhone, speaker: ReturnType<typeof useSpeaker>): Controls {
  const { view } = phone;
  const isOn = view !== undefined && view.ended === undefined;
  return {
    isOn,
    call: phone.call,
    press(key) {
      if (isOn && view.stands.waits === 'keys' && speaker.covers) phone.act({ act: 'lost', key });
      else phone.press(key);
    },
    silence: phone.silence,
    later: () => (speaker.sounds ? speaker.hush() : phone.later()),
    takeBack: phone.takeBack,
    hangUp: phone.hangUp,
  };
}

/** What a key of the keyboard does on the phone. */
function actionOf(key: string, controls: Controls): (() => void) | undefined {
  if (isKey(key)) return () => controls.press(key);
  switch (key.toLowerCase()) {
    case 'c':
      return controls.isOn ? undefined : controls.call;
    case 's':
      return controls.silence;
    case 'l':
      return controls.later;
    case 'h':
      return controls.hangUp;
    case 'backspace':
      return controls.takeBack;
    default:
      return undefined;
  }
}

function useLight(view: CallView | undefined, id: string, light: PhoneProps['light']): void {
  const { t } = useTranslation();
  const layer = useMemo(
    () => (view === undefined ? undefined : pathLayer(view, id, t('phone.here'))),
    [view, id, t],
  );
  useEffect(() => light(layer), [layer, light]);
  useEffect(() => () => light(undefined), [light]);
}

/** How long a caller that is a program takes for a move, in milliseconds. */
const moveMs = 700;

/** Lets a caller that is a program make its moves. */
function useAi({ ai, view, act }: TestPhone, flow: Flow, others: ReadonlyMap<string, Flow>): void {
  const acting = useRef(act);
  acting.current = act;
  useEffect(() => {
    if (!ai || view === undefined) return;
    const move = nextMove(view, view.flow === flow.id ? flow : others.get(view.flow));
    if (move === undefined) return;
    const timer = setTimeout(() => acting.current(move), moveMs);
    return () => clearTimeout(timer);
  }, [ai, view, flow, others]);
}
