import { createContext, useContext } from 'react';
import type { Api } from '../api/answers.ts';
import { access } from '../api/generated/types.ts';
import type { Session } from './session.ts';

/** What every page has: who is signed in, and the API in their name. */
export interface Signed {
  readonly session: Session;
  readonly api: Api;
}

/** Set by the gate; no page is drawn before somebody is signed in. */
export const SignedContext = createContext<Signed | undefined>(undefined);

/** Who is signed in, and the API in their name. Throws if nobody is signed in. */
export function useSigned(): Signed {
  const signed = useContext(SignedContext);
  if (signed === undefined) throw new Error('Nobody is signed in.');
  return signed;
}

/** The API in the name of who is signed in. */
export function useApi(): Api {
  return useSigned().api;
}

/** Tells whether the roles of the user allow a call of the API; what they do not is not offered. */
export function useMay(): (call: keyof typeof access) => boolean {
  const { roles } = useSigned().session;
  return (call) => access[call].some((role) => roles.includes(role));
}
