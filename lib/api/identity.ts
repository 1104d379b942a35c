import { Failure } from '../errors.ts';
import { access, type Role, type RouteKey, roles } from './roles.ts';
import type { Claims } from './serve.ts';

/** Who makes a call of the API. */
export interface Identity {
  /** The user's name, for the audit and for `savedBy`. */
  readonly user: string;
  readonly roles: readonly Role[];
}

/**
 * The user of a Cognito access token; `undefined` if the claims name no user. An id token is not accepted: it is for the console, not
 * for the API.
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html)
 */
export function identityOf(claims: Claims | undefined): Identity | undefined {
  const user = claims?.username || claims?.sub;
  if (claims === undefined || user === undefined || claims.token_use !== 'access') return undefined;
  // The gateway passes a list as one string: `[admin editor]`.
  const groups = (claims['cognito:groups'] ?? '').replace(/^\[|\]$/g, '').split(/\s+/);
  return { user, roles: roles.filter((role) => groups.includes(role)) };
}

/** Throws `role-too-small` if none of the roles of a user allows a call. */
export function refuseRole({ roles: given }: Identity, key: RouteKey): void {
  const allowed: readonly Role[] | 'anyone' = access[key];
  if (allowed === 'anyone' || allowed.some((role) => given.includes(role))) return;
  throw new Failure('role-too-small', `This takes the role ${allowed.join(' or ')}.`);
}
