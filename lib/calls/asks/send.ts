import { claimHourly } from '../../store/calls/hourly.ts';
import { claimMessage, noteUnsent } from '../../store/calls/messages.ts';
import { billedCaller, mayReach } from '../reach.ts';
import type { Answerer } from './answerer.ts';

/**
 * Sends a message once for each call, flow and node: a claim is written first. A claim counts as sent unless its message is known to
 * have failed, so nothing is sent twice if an answer is lost.
 */
export const answerSend: Answerer<'send'> = {
  limitMs: 2000,
  onFailure: { sent: false },
  async answer({ to, text }, { queue, deadline, call, asker }) {
    const { table, rest } = queue;
    if (!(await mayReach(queue, to, call, deadline.signal))) return { sent: false };
    const message = { callSid: call.callSid, ...asker };
    const claimed = await claimMessage(table, message, queue.newLease(), queue.now());
    if (claimed !== 'mine') return { sent: claimed === 'sent' };
    const claim = `${call.callSid}-${asker.flow}-${asker.node}`;
    const isInLimits = await claimHourly(table, 'messages', billedCaller(call), claim, queue.now());
    const outcome = isInLimits ? await rest.send({ from: call.to, to, text }) : 'refused';
    if (outcome === 'sent' || outcome === 'unknown') return { sent: true };
    await noteUnsent(table, message);
    return { sent: false };
  },
};
