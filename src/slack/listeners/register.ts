import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  MessageShortcut,
  PlainTextInputAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import { ACTIONS } from '../../render/actions.ts';
import { DEVICE_MODAL } from '../../render/device-modal.ts';
import { FILTER_MODAL } from '../../render/filter-modal.ts';
import { SUBSCRIPTION_MODAL } from '../../render/subscription-modal.ts';
import type { SlackParts } from '../parts.ts';
import { acknowledgeTask } from './actions/acknowledge-task.ts';
import { cancelSubscription } from './actions/cancel-subscription.ts';
import { detailReasons } from './actions/detail-reasons.ts';
import { editSubscription } from './actions/edit-subscription.ts';
import { muteTask } from './actions/mute-task.ts';
import { openFilter } from './actions/open-filter.ts';
import { removeSubscription } from './actions/remove-subscription.ts';
import { saveSubscription } from './actions/save-subscription.ts';
import { searchHome } from './actions/search-home.ts';
import { shareList } from './actions/share-list.ts';
import { taskDetails } from './actions/task-details.ts';
import { taskDevices } from './actions/task-devices.ts';
import { taskHistory } from './actions/task-history.ts';
import { taskReasons } from './actions/task-reasons.ts';
import { turnDetail } from './actions/turn-detail.ts';
import { turnPage } from './actions/turn-page.ts';
import { unknownAction } from './actions/unknown-action.ts';
import { unmuteTask } from './actions/unmute-task.ts';
import { upgradesCommand } from './commands/upgrades.ts';
import { appHomeOpened } from './events/app-home-opened.ts';
import { appMention } from './events/app-mention.ts';
import { channelSharing } from './events/channel-sharing.ts';
import { directMessage } from './events/direct-message.ts';
import { installationLost } from './events/installation-lost.ts';
import { heardOnce, once } from './once.ts';
import { findUpgradeTasks } from './shortcuts/find-upgrade-tasks.ts';
import { lookUpDevice } from './shortcuts/look-up-device.ts';
import { unknownRequest } from './unknown-request.ts';
import { submitDevice } from './views/submit-device.ts';
import { submitFilter } from './views/submit-filter.ts';
import { submitSubscription } from './views/submit-subscription.ts';

/** The shortcuts of the manifest, by their callback ids. */
const LOOK_UP_DEVICE = 'look_up_device';
const FIND_IDS = 'find_ids';

/** Every listener, by what a person does in Slack. Action ids match exactly, so that one press reaches one listener. */
export function registerListeners(app: App, parts: SlackParts): void {
  const press = (listener: PressListener, ...ids: readonly string[]) => {
    for (const id of ids) app.action<BlockAction<ButtonAction>>(button(id), once(parts, listener));
  };
  // Whatever the app's manifest calls it.
  app.command(/^\//, once(parts, upgradesCommand(parts)));
  press(turnPage(parts), ACTIONS.previousPage, ACTIONS.nextPage, ACTIONS.refreshList, ACTIONS.listSize);
  press(shareList(parts), ACTIONS.shareList);
  press(openFilter(parts), ACTIONS.openFilter);
  app.action<BlockAction<PlainTextInputAction>>(button(ACTIONS.homeSearch), once(parts, searchHome(parts)));
  press(taskDetails(parts), ACTIONS.taskDetails);
  press(taskDevices(parts), ACTIONS.taskDevices);
  press(taskReasons(parts), ACTIONS.taskReasons);
  press(taskHistory(parts), ACTIONS.taskHistory);
  press(acknowledgeTask(parts), ACTIONS.acknowledgeTask);
  app.action<BlockAction<StaticSelectAction>>(button(ACTIONS.muteTask), once(parts, muteTask(parts)));
  press(unmuteTask(parts), ACTIONS.unmuteTask);
  press(turnDetail(parts), ...DETAIL_TURNS);
  press(detailReasons(parts), ACTIONS.detailReasons);
  press(saveSubscription(parts), ACTIONS.saveSubscription, ACTIONS.saveNearest);
  press(cancelSubscription(parts), ACTIONS.cancelSubscription);
  press(editSubscription(parts), ACTIONS.editSubscription);
  press(removeSubscription(parts), ACTIONS.removeSubscription);
  app.view(FILTER_MODAL, submitFilter(parts));
  app.view(SUBSCRIPTION_MODAL, submitSubscription(parts));
  app.view(DEVICE_MODAL, submitDevice(parts));
  app.shortcut<GlobalShortcut>(LOOK_UP_DEVICE, once(parts, lookUpDevice(parts)));
  app.shortcut<MessageShortcut>(FIND_IDS, once(parts, findUpgradeTasks(parts)));
  app.event('app_home_opened', appHomeOpened(parts));
  app.event('app_mention', heardOnce(parts, appMention(parts)));
  app.event('message', heardOnce(parts, directMessage(parts)));
  app.event('app_uninstalled', installationLost(parts, 'app_uninstalled'));
  app.event('tokens_revoked', installationLost(parts, 'tokens_revoked'));
  app.event('channel_shared', channelSharing(parts));
  app.event('channel_unshared', channelSharing(parts));
  const unknown = { type: 'block_actions', action_id: otherThan(Object.values(ACTIONS)) } as const;
  app.action<BlockAction<ButtonAction>>(unknown, once(parts, unknownAction(parts)));
  app.view(otherThan([FILTER_MODAL, SUBSCRIPTION_MODAL, DEVICE_MODAL]), unknownRequest(parts, 'view'));
  app.shortcut(otherThan([LOOK_UP_DEVICE, FIND_IDS]), unknownRequest(parts, 'shortcut'));
}

type PressListener = (
  args: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
) => Promise<void>;

/** What changes the content of a task's modal. */
const DETAIL_TURNS = [
  ACTIONS.detailOverview,
  ACTIONS.detailDevices,
  ACTIONS.detailPolicy,
  ACTIONS.detailHistory,
  ACTIONS.detailRefresh,
  ACTIONS.detailPrevious,
  ACTIONS.detailNext,
  ACTIONS.detailStatus,
];

/** Matches whatever none of these names is. */
function otherThan(names: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${names.join('|')})$)`);
}

function button(id: string) {
  return { type: 'block_actions', action_id: id } as const;
}
