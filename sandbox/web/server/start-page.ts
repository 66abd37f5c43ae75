import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type SimulatedPlatform, seededRandom } from '../../platform/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { doAct } from './acts/do-act.ts';
import { readAppWords } from './app-words.ts';
import { bundleClient, type PageFile } from './bundle-client.ts';
import { createControlPanel, type KeptBot } from './control/control-panel.ts';
import { createEventStreams } from './event-streams.ts';
import { routes } from './routes.ts';
import { shownPeople } from './snapshot/shown-people.ts';
import { snapshotOf } from './snapshot/snapshot-of.ts';

export interface PageParts {
  readonly platform: SimulatedPlatform;
  readonly workspace: Workspace;
  readonly bot: KeptBot;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default: the client of this folder, bundled. */
  readonly client?: ReadonlyMap<string, PageFile>;
}

/** The page of a sandbox, served on loopback. */
export interface Page {
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles the client and serves it with everything it asks for. */
export async function startPage(parts: PageParts): Promise<Page> {
  const { platform, workspace, bot, port = 0 } = parts;
  const [files, app] = await Promise.all([parts.client ?? bundleClient(), readAppWords()]);
  const panel = createControlPanel(platform, workspace, bot, seededRandom(platform.seed ^ 0x9a6e));
  const streams = createEventStreams();
  const listening = [workspace.onChange, bot.onChange].map((listen) => listen(streams.changed));
  listening.push(platform.clock.onMove(streams.changed));
  const people = shownPeople(workspace.people);
  // In Slack the conversation with an app stands in everybody's list; members of other workspaces have none.
  for (const { id, outsider } of people) if (!outsider) await workspace.directChannel(id);
  const server: Server = createServer(
    routes({
      port: () => portOf(server.address()),
      files,
      async act(act) {
        const complaint = await doAct(workspace, panel, act);
        streams.changed();
        return complaint;
      },
      events(user, response) {
        // Without a name the page opens as the first one there is.
        const me = user === '' ? people[0] : people.find(({ id, name }) => id === user || name === user);
        if (me === undefined) return false;
        const person = workspace.person(me.id);
        streams.open(response, () => JSON.stringify(snapshotOf(workspace, person, app, panel.state())));
        return true;
      },
    }),
  );
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/`,
    async close() {
      for (const stop of listening) stop();
      streams.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function portOf(address: ReturnType<Server['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
