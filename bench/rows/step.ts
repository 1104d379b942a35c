import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { createSealer } from '../../lib/calls/seal.ts';
import { step } from '../../lib/engine/step.ts';
import { begin, readCursor, writeCursor } from '../../lib/flow/cursor.ts';
import type { Call, Event } from '../../lib/flow/events.ts';
import { noMemory } from '../../lib/flow/memory.ts';
import { drawing, lastStep } from '../drawing.ts';
import { median, race, ratio, timedSync } from '../race.ts';
import type { Line } from '../report.ts';
import { publicUrl, signed, token } from '../webhook.ts';

const call: Call = { callSid: 'CA0123456789abcdef0123456789abcdef', from: '+15550123', to: '+15550100' };

/** The engine's step beside what every webhook must do anyway: the check of its signature. */
export async function measure(): Promise<Line[]> {
  const flow = drawing(50);
  const at = lastStep(50, 1);
  const menu = readCursor(at.slice(at.indexOf('?') + 1)) ?? begin(flow.id, 1, 'en-US');
  const arrival = begin(flow.id, 1, 'en-US');
  const { body, signature } = signed(at);
  const fields = Object.fromEntries(new URLSearchParams(body));
  const sealer = createSealer([token]);
  const bound = { callSid: call.callSid, flow: flow.id, version: 1, step: 1 };
  const memory = { variables: { Note: { text: 'x'.repeat(250) }, Rest: { text: 'y'.repeat(250) } } };
  const sealed = sealer.seal(memory, bound);
  const check = () => validateRequest(token, signature, publicUrl + at, fields);
  const { wait } = step(flow, menu, noMemory, { event: 'silent', call });
  const takes = (cursor: typeof menu, event: Event) =>
    timedSync(1000, () => step(flow, cursor, noMemory, event));

  const samples = await race(
    {
      'signature check': timedSync(1000, check),
      'signature check again (A/A: the noise)': timedSync(1000, check),
      'step: a call arrives': takes(arrival, { event: 'arrived', call }),
      'step: a key that leads on': takes(menu, { event: 'pressed', keys: '9', call }),
      'step: a wrong key': takes(menu, { event: 'pressed', keys: '7', call }),
      'step: silence': takes(menu, { event: 'silent', call }),
      'the cursor into its URL and back': timedSync(1000, () =>
        readCursor(writeCursor(wait?.cursor ?? arrival)),
      ),
      'a memory of 500 bytes sealed': timedSync(1000, () => sealer.seal(memory, bound)),
      'the same opened': timedSync(1000, () => sealer.open(sealed, bound)),
    },
    60,
  );
  const base = samples['signature check'].map(({ cpu }) => cpu);
  return Object.entries(samples).map(([what, costs]) => {
    const cpus = costs.map(({ cpu }) => cpu);
    return {
      what,
      measured: median(cpus),
      unit: 'µs',
      ratio: ratio(cpus, base),
      beside: 'signature check',
    };
  });
}
