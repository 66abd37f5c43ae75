import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from './route.ts';

/** A page that looks at the request itself, such as those of the installation. */
export interface RequestRoute {
  readonly path: string;
  /** Answers a GET request, to the end. Never rejects. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Any page as one that is handed the request. */
export function requestRoute(route: Route | RequestRoute): RequestRoute {
  if ('handle' in route) return route;
  const { path, answer } = route;
  return {
    path,
    async handle(_request, response) {
      try {
        const { status, type, body } = await answer();
        response.writeHead(status, { 'content-type': type }).end(body);
      } catch {
        response.destroy();
      }
    },
  };
}
