import i18next from 'i18next';
import createClient from 'openapi-fetch';
import type { Session } from '../session/session.ts';
import type { Api } from './answers.ts';
import type { paths } from './generated/types.ts';

/** The API in the name of who is signed in. A request that meets the end of the session waits for the next one. */
export function openApi(session: Session): Api {
  return createClient<paths>({
    baseUrl: window.location.origin,
    async fetch(request) {
      const token = await session.token();
      const response = await send(request.clone(), token);
      if (response.status !== 401) return response;
      return await send(request, await session.token(token));
    },
  });
}

async function send(request: Request, token: string): Promise<Response> {
  request.headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch {
    throw new Error(i18next.t('saving.offline'));
  }
}
