import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { askHome } from '../../../ask/ask-home.ts';
import { home, homeView } from '../../../render/access/home.ts';
import { privately, type Show } from '../../answer/response.ts';
import { homeAt } from '../../app/middleware/home-team.ts';
import type { SlackParts } from '../../app/parts.ts';
import { publishHome } from '../../out/views.ts';
import { type GuardParts, guarded } from '../guarded.ts';

/**
 * Fills the home tab each time it is opened. Redeliveries are harmless: republishing a view changes nothing.
 */
export function appHomeOpened(parts: GuardParts & Pick<SlackParts, 'db' | 'workspaces' | 'visibility'>) {
  return async ({
    event,
    client,
    context,
  }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs): Promise<void> => {
    // The event also fires for the app's other tabs.
    if (event.tab !== 'home') return;
    const fields = { listener: 'event', event: 'app_home_opened', user: event.user };
    const show: Show = ({ text, blocks }) =>
      publishHome(client, event.user, { view: homeView({ text, blocks }), plain: homeView({ text }) });
    await guarded(parts, { fields, show }, async () => {
      const content = await askHome(parts, async ({ channel, createdBy }) => {
        if (!(await parts.workspaces.owners.isOwn(channel, homeAt(context)))) return false;
        // Only this user can subscribe their direct messages, and no scope lets us ask whose they are.
        if (channel.startsWith('D')) return createdBy === event.user;
        return await parts.visibility.maySee(client, channel, event.user);
      });
      return privately(home(content, parts.now()));
    });
  };
}
