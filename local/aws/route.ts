import type { Route } from './template.ts';

/** A route that a request takes, its key as AWS spells it, and what the request has in place of the path's variables. */
export interface Match {
  readonly route: Route;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route that a request takes, chosen as an HTTP API chooses: the most specific path first, then a greedy
 * `{proxy+}`, then the route for everything; of two alike, the one that names the method.
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html)
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  return routes
    .filter((route) => route.method === '*' || route.method === method)
    .flatMap((route) => {
      const pathParameters = matchPath(route.path, path);
      return pathParameters === undefined ? [] : [{ route, routeKey: routeKey(route), pathParameters }];
    })
    .toSorted((a, b) => compare(rank(a.route), rank(b.route)))[0];
}

function routeKey({ method, path }: Route): string {
  if (path === '*') return '$default';
  return `${method === '*' ? 'ANY' : method} ${path}`;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  if (pattern === '*') return {};
  const parameters: Record<string, string> = {};
  const wanted = pattern.split('/');
  const given = path.split('/');
  for (const [index, part] of wanted.entries()) {
    const [, name, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(part) ?? [];
    const value = greedy ? given.slice(index).join('/') : given[index];
    if (name === undefined ? part !== value : !value) return undefined;
    if (name !== undefined && value !== undefined) parameters[name] = value;
    if (greedy) return parameters;
  }
  return wanted.length === given.length ? parameters : undefined;
}

/** One figure a segment, fixed before variable before greedy, and the method last; the smaller ranks first. */
function rank({ method, path }: Route): number[] {
  if (path === '*') return [4];
  const segments = path.split('/').map((part) => (part.endsWith('+}') ? 3 : part.startsWith('{') ? 2 : 1));
  return [...segments, method === '*' ? 1 : 0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, figure] of a.entries()) {
    const difference = figure - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
