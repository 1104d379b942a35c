import type { Ask } from '../flow/asks.ts';

/** The answer to what a node asks. No agent can sign in yet, so nobody is online in any skill group. */
export async function answer(ask: Ask): Promise<boolean> {
  switch (ask.ask) {
    case 'online':
      return false;
  }
}
