import type { CallEvent, EndReason } from '../../local/carrier/event.ts';
import { inline } from '../../local/terminal.ts';

const reasons: Readonly<Record<EndReason, string>> = {
  phone: 'You hung up.',
  hangup: 'The other side hung up.',
  finished: 'The last document ended, so the call ended.',
  rejected: 'The call was rejected.',
  busy: 'The number is busy.',
  'no-answer': 'Nobody answered.',
  canceled: 'The call was cancelled.',
  failed: 'The call failed.',
  'time-limit': 'Calls last four hours at most.',
};

/** The text that a terminal shows for an event, if any, and whether it is an error. */
export function display(event: CallEvent, xml: boolean): { text?: string; wrong?: true } {
  switch (event.event) {
    case 'ringing':
      return {
        text: `☎ It rings: ${inline(event.to)}, called by ${inline(event.from)}. a answers, d declines.`,
      };
    case 'document':
      return xml ? { text: `\n${event.xml}\n` } : {};
    case 'heard':
      return { text: 'say' in event ? `  ${inline(event.say)}` : `  ♪ ${inline(event.play)}` };
    case 'gathering':
      return { text: `  … listening for ${event.timeoutSeconds} s` };
    case 'recording':
      return { text: `  ● recording, ${event.leftSeconds} s at most` };
    case 'queued':
      return { text: '  … waiting in the queue' };
    case 'dialling':
      return { text: `  … ringing ${inline(event.number)}` };
    case 'bridged':
      return { text: 'Connected: what you type is said with Enter; h hangs up.' };
    case 'said':
      return { text: `> ${inline(event.text)}` };
    case 'message':
      return { text: `✉ ${inline(event.from)}: ${inline(event.text)}` };
    case 'parted':
      return { text: 'Not connected any more.' };
    case 'failed':
      return {
        text: `! ${event.code === 0 ? 'carrier' : event.code}: ${inline(event.message)}`,
        wrong: true,
      };
    case 'ended':
      return { text: `${reasons[event.reason]} (${event.seconds} s)` };
  }
}
