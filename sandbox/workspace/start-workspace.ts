import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFront } from './api/front-server.ts';
import { Rates } from './api/rates.ts';
import { removeMessage } from './api/remove-message.ts';
import { ResponseUrls } from './api/response-urls.ts';
import { APP, startSlackState } from './api/slack-state.ts';
import { Sockets } from './api/sockets.ts';
import type { Core } from './core.ts';
import { oneAtATime } from './core.ts';
import { describe } from './describe.ts';
import { PARTNER_TEAM } from './directory.ts';
import { Faults } from './faults.ts';
import { Journal } from './journal.ts';
import type { WorkspaceOptions } from './options.ts';
import { readOptions } from './options.ts';
import { Courier } from './people/deliver.ts';
import { People } from './people/people.ts';
import { Triggers } from './people/triggers.ts';
import { plainText, plainView } from './plain-text.ts';
import { until } from './until.ts';
import type { Workspace } from './workspace.ts';

/** Starts a Slack workspace on 127.0.0.1 with people, channels and the bot installed. */
export async function startWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const settings = readOptions(options);
  const state = await startSlackState(settings);
  const journal = new Journal(settings.now);
  const core: Core = {
    settings,
    state,
    withheld: new Set(),
    directory: state.directory,
    journal,
    faults: new Faults(),
    rates: new Rates(settings.postRate),
    historyRates: new Rates(settings.historyRate),
    triggers: new Triggers(settings.now),
    urls: new ResponseUrls(settings.now),
    sockets: new Sockets(journal),
    baseUrl: () => baseUrl,
    serial: oneAtATime(),
  };
  const front = createFront(core);
  const baseUrl = `http://127.0.0.1:${await listen(front, settings.port)}`;
  return assemble(core, baseUrl, async () => {
    core.faults.clear();
    core.sockets.close();
    await shut(front);
    await state.close();
  });
}

function assemble(core: Core, baseUrl: string, close: () => Promise<void>): Workspace {
  const { directory, journal, sockets, faults } = core;
  const courier = new Courier(core);
  const people = new People(core, courier);
  const openViews = (user: string, type: 'modal' | 'home') =>
    journal.views
      .filter((one) => one.type === type && !one.closed && one.user === directory.person(user).id)
      .at(-1);
  const workspace: Workspace = {
    apiUrl: `${baseUrl}/api/`,
    botToken: APP.botToken,
    appToken: APP.appToken,
    signingSecret: core.settings.signingSecret,
    botUserId: APP.botUserId,
    botId: APP.botId,
    teamId: core.settings.team.id,
    teamName: core.settings.team.name,
    partnerTeamId: PARTNER_TEAM.id,
    close,
    get people() {
      return [...directory.people.values()];
    },
    get channels() {
      return [...directory.channels.values()];
    },
    userGroups: core.settings.userGroups,
    person: (idOrName) => directory.person(idOrName),
    channelInfo: (idOrName) => directory.channel(idOrName),
    directChannel: (user) => people.directChannel(directory.person(user)),
    changeChannel: (idOrName, change) => {
      Object.assign(directory.channel(idOrName), change);
      journal.changed();
    },
    shareChannel: async (idOrName, shared, tell = 'told') => {
      const channel = directory.channel(idOrName);
      channel.externallyShared = shared;
      journal.changed();
      return tell === 'told' ? await people.sharing(channel) : null;
    },
    connectHttp: (...urls) => courier.connect(urls),
    get socketCount() {
      return sockets.count;
    },
    disconnectSockets: (reason = 'refresh_requested') => sockets.disconnect(reason),
    dropSockets: () => sockets.drop(),
    command: (act) => people.command(act),
    press: (act) => people.press(act),
    pressInView: (act) => people.pressInView(act),
    submitView: (act) => people.submitView(act),
    closeView: (act) => people.closeView(act),
    shortcut: (act) => people.shortcut(act),
    messageShortcut: (act) => people.messageShortcut(act),
    mention: (act) => people.mention(act),
    write: (act) => people.say(act),
    deleteMessage: async (channel, ts) => {
      const { id } = directory.channel(channel);
      const answer = await core.serial(() => removeMessage(core, id, ts, null));
      if (answer.ok !== true) throw new Error(`${ts} cannot be deleted: ${JSON.stringify(answer)}`);
    },
    directMessage: (act) => people.directMessage(act),
    openHome: (user) => people.openHome(user),
    deliver: (delivery) => courier.deliver(delivery),
    sendEvent: (event) => people.event(event, null, { user: APP.botUserId }),
    channel: (idOrName) => journal.roots(directory.channel(idOrName).id),
    ephemerals: (user) => {
      if (user === undefined) return journal.ephemerals;
      const { id } = directory.person(user);
      return journal.ephemerals.filter((one) => one.user === id);
    },
    get views() {
      return journal.views;
    },
    modal: (user) => openViews(user, 'modal'),
    home: (user) => openViews(user, 'home'),
    posts: journal.posts,
    apiCalls: journal.apiCalls,
    violations: journal.violations,
    rateLimited: journal.rateLimited,
    plainText,
    plainView,
    describe: () => describe(journal, directory),
    until: (look, limits) =>
      until(
        journal,
        () => look(workspace),
        () => describe(journal, directory),
        limits,
      ),
    onChange: (listener) => journal.onChange(listener),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    withholdScopes: (scopes) => {
      core.withheld.clear();
      for (const scope of scopes) core.withheld.add(scope);
    },
    setPostRate: (rate) => core.rates.set(rate),
    setHistoryRate: (rate) => core.historyRates.set(rate),
  };
  return workspace;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      // A server listening on a TCP port always has an AddressInfo.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
