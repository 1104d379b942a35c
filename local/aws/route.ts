import type { Route } from './template.ts';

/** The route of a request, its key in AWS's spelling, and the values of its path parameters. */
export interface Match {
  readonly route: Route;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Selects the route of a request like an HTTP API: the most specific path first, then a greedy `{proxy+}`, then the route for
 * everything; among equal paths, the one with the method.
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

/** A number for each segment (fixed, variable, greedy), then one for the method; smaller numbers come first. */
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
