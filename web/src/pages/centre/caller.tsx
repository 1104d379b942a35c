import { useTranslation } from 'react-i18next';
import { nodeOf } from '../../../../lib/flow/flow.ts';
import { type CallWithFlows, versionKey } from '../../api/calls.ts';
import type { Agent } from '../../api/generated/types.ts';
import { labelOf } from '../../document/ports.ts';
import { callerOf } from '../../words/caller.ts';
import { type Names, useNames } from '../../words/naming.ts';
import { useCall } from '../usecall.ts';
import { clockOf, useSeconds } from './clock.ts';
import { useGroupName } from './queries.ts';

interface CallerCardProps {
  readonly call: NonNullable<Agent['call']>;
  readonly state: 'ringing' | 'talking';
}

/** Who rings or talks: their number, what they pressed, and how long they have waited or talked. */
export function CallerCard({ call: { callSid, group, waitingSince, talkingSince }, state }: CallerCardProps) {
  const { t } = useTranslation();
  const names = useNames();
  const nameOf = useGroupName();
  const seen = useCall(callSid, 4).data;
  const waited = useSeconds(waitingSince);
  const talked = useSeconds(talkingSince);
  const path = seen === undefined ? [] : pathOf(seen, names);
  return (
    <section className="card desk-caller" data-state={state}>
      {/* The clock below is not read out: it would be every second. */}
      <div role="status">
        <header>
          <b>{t(`desk.${state}Now`)}</b>
          <span>{nameOf(group)}</span>
        </header>
        <p className="desk-number">{callerOf(t, seen?.call.from).name}</p>
      </div>
      <dl className="call-facts">
        <div>
          <dt>{t('desk.path')}</dt>
          <dd>{path.join(' › ') || '–'}</dd>
        </div>
        <div>
          <dt>{t(talkingSince === undefined ? 'desk.waited' : 'desk.talked')}</dt>
          <dd className="digits">{clockOf(talkingSince === undefined ? waited : talked)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** What the caller chose on the way, in words: `Main menu: Sales`. */
function pathOf({ call, flows }: CallWithFlows, names: Names): string[] {
  return call.steps.flatMap((step) => {
    const { node: id, key, digits, exit } = step;
    if (key === undefined && digits === undefined) return [];
    const flow = flows.get(versionKey(call, step));
    const node = flow && nodeOf(flow, id);
    const name = node === undefined ? id : names.node(node);
    const chose = (node && exit && labelOf(node, exit)) || key || '…';
    return [`${name}: ${chose}`];
  });
}
