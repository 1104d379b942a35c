import type { PhoneAct, PhoneEvent, Phones } from '../api/phoneport.ts';
import { reasonOf } from '../api/refusal.ts';
import type { DeskPhone, Tell } from './phone.ts';

/** How many lines of what was said are kept. */
const mostSaid = 20;

/**
 * Opens the phone of an endpoint on the embedded carrier of a laptop, which speaks in words. Rejects with an Error that says why
 * it cannot be opened, such as another phone at the same endpoint.
 */
export async function openLocalPhone(phones: Phones, endpoint: string, tell: Tell): Promise<DeskPhone> {
  const left = new AbortController();
  const follow = following(tell);
  const id = await new Promise<string>((resolve, reject) => {
    const learn = (event: PhoneEvent) => {
      if (event.event === 'registered') resolve(event.id);
      else follow(event);
    };
    phones.hold({ address: endpoint }, learn, left.signal).then(
      () => tell({ at: 'lost' }),
      (error: unknown) => {
        // The promise hears it before the phone is open, the page after that.
        reject(error);
        tell({ at: 'lost', why: reasonOf(error) });
      },
    );
  });
  const act = (what: PhoneAct) =>
    void phones.act(id, what).catch((error: unknown) => tell({ why: reasonOf(error) }));
  tell({ at: 'ready' });
  return {
    accept: () => act({ act: 'answer' }),
    reject: () => act({ act: 'decline' }),
    hangUp: () => act({ act: 'hangup' }),
    press: (keys) => act({ act: 'keys', keys }),
    say: (text) => act({ act: 'say', text }),
    close: () => left.abort(),
  };
}

function following(tell: Tell): (event: PhoneEvent) => void {
  let said: string[] = [];
  return (event) => {
    if (event.event === 'ringing') {
      said = [];
      tell({ at: 'ringing', said });
    } else if (['bridged', 'gathering', 'document'].includes(event.event)) tell({ at: 'connected' });
    else if (event.event === 'ended') tell({ at: 'ready' });
    else {
      const text = 'say' in event ? event.say : 'text' in event ? event.text : undefined;
      if (text === undefined) return;
      said = [...said, text].slice(-mostSaid);
      tell({ said });
    }
  };
}
