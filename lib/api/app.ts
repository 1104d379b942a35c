import type { Method } from '@middy/http-router';
import type { Admin } from '../admin/admin.ts';
import type { HttpHandler } from '../http.ts';
import type { Report } from '../log.ts';
import { identityOf, refuseRole } from './identity.ts';
import { openapiRoute } from './openapi.ts';
import { access } from './roles.ts';
import type { Route } from './route.ts';
import { routes } from './routes/index.ts';
import { type ApiRoute, serveApi } from './serve.ts';

/** What the admin function needs; the user comes with each request. */
export interface AdminApp extends Omit<Admin, 'who'> {
  /** Logs an error of the system that a request met. */
  readonly report: Report;
}

/** The function behind `/api/*`: the calls of the admin API, each for the roles that may make it. */
export function createAdmin(app: AdminApp): HttpHandler {
  return serveApi(
    [...routes, openapiRoute(routes)].map((route) => served(app, route)),
    app,
  );
}

function served({ report: _, ...system }: AdminApp, route: Route): ApiRoute {
  const [method = '', path = ''] = route.key.split(' ');
  const { body } = route.docs;
  return {
    method: method as Method,
    path,
    body: body === undefined ? 'none' : body.optional === true ? 'optional' : 'needed',
    ...(body?.type === undefined ? {} : { text: true }),
    ...(body?.maxBytes === undefined ? {} : { maxBodyBytes: body.maxBytes }),
    admit(claims) {
      if (access[route.key] === 'anyone') return 'known';
      const identity = identityOf(claims);
      if (identity === undefined) return 'unknown';
      refuseRole(identity, route.key);
      return 'known';
    },
    serve(request) {
      const caller = identityOf(request.claims);
      const admin = { ...system, who: caller?.user ?? '' };
      return route.serve(admin, request, caller);
    },
  };
}
