import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { endText } from './naming.ts';
import { useNodeName } from './nodename.ts';
import type { CallView } from './testcall.ts';

interface CallStatusProps {
  readonly view: CallView | undefined;
  readonly flow: Flow;
  readonly others: ReadonlyMap<string, Flow>;
  /** What was typed of an entry. */
  readonly entry: string;
}

/** Where the call stands: what it waits for and at which node, or why it is over. */
export function CallStatus({ view, flow, others, entry }: CallStatusProps) {
  const { t } = useTranslation();
  const nodeName = useNodeName(flow, others);
  return (
    <div className="phone-screen" role="status">
      {view === undefined ? (
        <b>{t('phone.idle')}</b>
      ) : (
        <>
          <b>
            {view.ended === undefined
              ? waitText(t, view)
              : t('phone.ended', { reason: endText(t, view.ended.reason) })}
          </b>
          <span>
            {t('phone.at', { node: nodeName(view.flow, view.node) })} ·{' '}
            {t('phone.seconds', { seconds: Math.round(view.seconds) })}
          </span>
        </>
      )}
      {entry === '' ? null : <output>{entry}</output>}
    </div>
  );
}

function waitText(t: TFunction, { stands }: CallView): string {
  const { waits, talks, gather } = stands;
  if (talks === true && waits !== 'keys') return t('phone.waits.talk');
  if (waits !== 'keys') return t(`phone.waits.${waits}`);
  const { maxDigits = 1, timeoutSeconds: seconds = 0 } = gather ?? {};
  return maxDigits === 1
    ? t('phone.waits.keys', { seconds })
    : t('phone.waits.entry', { most: maxDigits, seconds });
}

/** What is counted and what is set where the call stands. */
export function CallState({ view }: { readonly view: CallView | undefined }) {
  const { t } = useTranslation();
  const counted = Object.entries(view?.counters ?? {}).filter(([, count]) => count > 0);
  const set = Object.entries(view?.variables ?? {});
  return (
    <details open className="phone-part">
      <summary>{t('phone.state')}</summary>
      {counted.length + set.length === 0 ? <p className="faint">{t('phone.nothingSet')}</p> : null}
      <dl>
        {counted.map(([name, count]) => (
          <div key={name}>
            <dt>{name === 'errors' || name === 'timeouts' ? t(`phone.counters.${name}`) : name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
        {set.map(([name, text]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
