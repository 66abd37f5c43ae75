import type { Person } from '../../../workspace/directory.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { ControlState, ShownShortcut, Snapshot } from '../../contract.ts';
import { otherViolations } from './refused-messages.ts';
import { shownChannels } from './shown-channels.ts';
import { shownMessages } from './shown-messages.ts';
import { shownModal } from './shown-modal.ts';
import { shownPeople } from './shown-people.ts';

/** What the app says of itself in its manifest. */
export interface AppWords {
  readonly usageHint: string;
  readonly shortcuts: readonly ShownShortcut[];
}

/** Everything one person sees now. Bounded: its size does not grow with the age of the workspace. */
export function snapshotOf(workspace: Workspace, me: Person, app: AppWords, control: ControlState): Snapshot {
  const channels = shownChannels(workspace.channels, me);
  const ephemerals = workspace.ephemerals(me.id);
  const { violations, botUserId } = workspace;
  const inChannel = (channel: string) =>
    shownMessages({ channel, roots: workspace.channel(channel), ephemerals, violations }, me.id, botUserId);
  return {
    me: me.id,
    botId: botUserId,
    people: shownPeople(workspace.people),
    channels,
    messages: Object.fromEntries(channels.map(({ id }) => [id, inChannel(id)])),
    modal: shownModal(workspace.modal(me.id), workspace.views),
    home: workspace.home(me.id)?.view ?? null,
    usageHint: app.usageHint,
    shortcuts: app.shortcuts,
    userGroups: workspace.userGroups.map(({ id, handle }) => ({ id, handle })),
    violations: otherViolations(violations),
    control,
  };
}
