import { once } from 'node:events';
import { createServer } from 'node:http';
import { type RequestRoute, requestRoute } from '../core/request-route.ts';
import type { Route } from '../core/route.ts';

/** Serves pages where Bolt's own receiver does not: in Socket Mode, and in processes without Slack. */
export async function serveRoutes(
  routes: readonly (Route | RequestRoute)[],
  port: number,
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const served = routes.map(requestRoute);
  const server = createServer((request, response) => {
    // Null for what is no address, such as `//`: an error thrown here would end the process.
    const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname;
    const route = request.method === 'GET' ? served.find(({ path }) => path === pathname) : undefined;
    if (!route) return void response.writeHead(404).end();
    void route.handle(request, response);
  });
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
