import { isWithheld, spokenAddress } from '../flow/address.ts';
import type { Call } from '../flow/events.ts';
import { type Variables, variableOf } from '../flow/memory.ts';
import type { Value } from '../flow/text.ts';

/** What a name stands for in a call, as it is compared, sent and kept: a value of the call itself, or one that a node has set. */
export function plainValueOf(name: string, call: Call, variables: Variables): Value | undefined {
  switch (name) {
    case 'SystemCallerNumber':
      return number(isWithheld(call.from) ? '' : call.from);
    case 'SystemCalleeNumber':
      return number(call.to);
    case 'SystemSessionId':
      return { text: call.callSid };
    default:
      return variableOf(variables, name);
  }
}

/** The same as it is spoken: of an address only who it is. */
export function spokenValueOf(name: string, call: Call, variables: Variables): Value | undefined {
  switch (name) {
    case 'SystemCallerNumber':
      return { text: spokenAddress(call.from) };
    case 'SystemCalleeNumber':
      return { text: spokenAddress(call.to) };
    default:
      return plainValueOf(name, call, variables);
  }
}

function number(text: string): Value {
  return { text, spokenAs: 'digits' };
}
