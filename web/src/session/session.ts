import i18next from 'i18next';
import { ErrorTimeout, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { quietly } from '../draft/quietly.ts';

/** Where users sign in, as `/console.json` tells it. */
interface Setting {
  readonly issuer: string;
  readonly client: string;
  /** The page that ends the session at the issuer. */
  readonly signOut: string;
  /** The one origin to which sign-ins come back; this page's own without it. */
  readonly home?: string;
  /** Where the phones of a carrier are that runs beside the console; left out where none does. */
  readonly phones?: string;
}

/** Tokens that end sooner than this are renewed first, in seconds. */
const margin = 30;

/** Why nobody can sign in, in words for people. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';
}

let opening: Promise<Session> | undefined;

/**
 * The session of this page, opened once. A user who is not signed in is sent to the issuer's page and comes back to the page
 * they were on; until then the promise stays pending. Rejected with a `SignInFailure` if nobody can sign in.
 */
export function openSession(): Promise<Session> {
  opening ??= open();
  return opening;
}

async function open(): Promise<Session> {
  const setting = await readSetting();
  if (setting.home !== undefined && setting.home !== window.location.origin) {
    const { pathname, search, hash } = window.location;
    window.location.replace(setting.home + pathname + search + hash);
    return forever();
  }
  if (quietly(() => [window.localStorage, window.sessionStorage]) === undefined) {
    throw new SignInFailure(i18next.t('session.noStorage'));
  }
  const page = `${window.location.origin}/`;
  const manager = new UserManager({
    authority: setting.issuer,
    client_id: setting.client,
    redirect_uri: page,
    scope: 'openid',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  });
  const answer = new URLSearchParams(window.location.search);
  if (answer.has('state') && (answer.has('code') || answer.has('error'))) {
    const returned = await manager.signinCallback().catch(() => null);
    // The page in a window of its own has handed the answer over and closes.
    if (returned === undefined) return forever();
    window.history.replaceState(null, '', pathIn(returned));
  }
  const user = await manager.getUser();
  if (user === null || (user.expired === true && user.refresh_token === undefined)) {
    const { pathname, search, hash } = window.location;
    await manager.signinRedirect({ state: { path: pathname + search + hash } }).catch(() => {
      throw new SignInFailure(i18next.t('session.unreachable'));
    });
    return forever();
  }
  return new Session(manager, user, setting.phones, () => {
    window.location.assign(
      `${setting.signOut}?${new URLSearchParams({ client_id: setting.client, logout_uri: page })}`,
    );
  });
}

/** Who is signed in, and their tokens. Those who subscribe learn when it has run out and a person is needed. */
export class Session {
  readonly user: string;
  readonly roles: readonly string[];
  /** Where the phones of a carrier are that runs beside the console. */
  readonly phones: string | undefined;
  readonly #manager: UserManager;
  readonly #leave: () => void;
  readonly #listeners = new Set<() => void>();
  #renewing: Promise<string> | undefined;
  #asked: { resolve(token: string): void; reject(error: Error): void } | undefined;

  constructor(manager: UserManager, user: User, phones: string | undefined, leave: () => void) {
    const groups = user.profile['cognito:groups'];
    this.#manager = manager;
    this.#leave = leave;
    this.phones = phones;
    this.user = nameOf(user);
    this.roles = Array.isArray(groups) ? groups.map(String) : [];
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether somebody has to sign in again before the requests that wait can go on. */
  readonly ranOut = (): boolean => this.#asked !== undefined;

  /**
   * A token for the API, renewed silently if possible, else after the user has signed in again. `refused` is one that
   * the API did not take. Rejected if the user puts that off, or if where they sign in cannot be reached.
   */
  async token(refused?: string): Promise<string> {
    const user = await this.#manager.getUser();
    if (user !== null && user.access_token !== refused && (user.expires_in ?? 0) > margin) {
      return user.access_token;
    }
    this.#renewing ??= this.#renew(user).finally(() => {
      this.#renewing = undefined;
    });
    return await this.#renewing;
  }

  /**
   * Signs in again in a window of its own, so that this page stays as it is; if no window opens, on this page. Rejected if where
   * users sign in cannot be reached: the question stays.
   */
  async again(): Promise<void> {
    const { pathname, search, hash } = window.location;
    try {
      const user = await this.#manager.signinPopup();
      // Nobody goes on with the work of somebody else: that is kept for them.
      if (nameOf(user) !== this.user) return window.location.reload();
      this.#asked?.resolve(user.access_token);
      this.#ask(undefined);
    } catch (error) {
      // Closed by the user: the question stays.
      if (error instanceof Error && /closed/i.test(error.message)) return;
      if (isUnreachable(error)) throw unreachable();
      await this.#manager.signinRedirect({ state: { path: pathname + search + hash } }).catch(() => {
        throw unreachable();
      });
    }
  }

  /** Leaves the requests that wait unanswered. */
  later(): void {
    this.#asked?.reject(new Error(i18next.t('session.ranOut')));
    this.#ask(undefined);
  }

  async signOut(): Promise<void> {
    await this.#manager.removeUser();
    this.#leave();
  }

  async #renew(user: User | null): Promise<string> {
    if (user?.refresh_token !== undefined) {
      const renewed = await this.#manager.signinSilent().catch((error: unknown) => {
        if (isUnreachable(error)) throw unreachable();
        return null;
      });
      if (renewed !== null) return renewed.access_token;
    }
    return await new Promise((resolve, reject) => {
      this.#ask({ resolve, reject });
    });
  }

  #ask(asked: { resolve(token: string): void; reject(error: Error): void } | undefined): void {
    this.#asked = asked;
    for (const listener of this.#listeners) listener();
  }
}

/** Whether a request for tokens got no answer, or one that says nothing of the session: a 429 or 500. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof ErrorTimeout) return true;
  return error instanceof Error && /\((429|5[0-9]{2})\)/.test(error.message);
}

function unreachable(): Error {
  return new Error(i18next.t('saving.offline'));
}

function nameOf({ profile }: User): string {
  return String(profile['cognito:username'] ?? profile.sub);
}

async function readSetting(): Promise<Setting> {
  try {
    const response = await fetch('/console.json');
    return (await response.json()) as Setting;
  } catch {
    throw new SignInFailure(i18next.t('session.unreachable'));
  }
}

function pathIn(user: User | null): string {
  const state = user?.state as { path?: unknown } | undefined;
  const path = typeof state?.path === 'string' ? state.path : '/';
  return /^\/(?!\/)/.test(path) ? path : '/';
}

/** The page is about to go away. */
function forever(): Promise<never> {
  return new Promise(() => {});
}
