import { isWithheld, spokenAddress } from '../flow/address.ts';
import type { Call } from '../flow/events.ts';
import { type Variables, variableOf } from '../flow/memory.ts';
import type { Value } from '../flow/text.ts';

/** The value of a variable for comparing, sending and storing: a call variable such as `SystemCallerNumber`, or one that a node set. */
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

/** The value of a variable as it is spoken: of a SIP address only the user part. */
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
