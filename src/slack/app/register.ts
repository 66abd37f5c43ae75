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
import { ACTIONS } from '../../render/blocks/actions.ts';
import { FILTER_MODAL } from '../../render/question/filter-modal.ts';
import { SUBSCRIPTION_MODAL } from '../../render/subscription/subscription-modal.ts';
import { DEVICE_MODAL } from '../../render/task/device-modal.ts';
import { appHomeOpened } from '../listeners/access/app-home-opened.ts';
import { channelSharing } from '../listeners/access/channel-sharing.ts';
import { installationLost } from '../listeners/access/installation-lost.ts';
import { acknowledgeTask } from '../listeners/notification/acknowledge-task.ts';
import { muteTask } from '../listeners/notification/mute-task.ts';
import { unmuteTask } from '../listeners/notification/unmute-task.ts';
import { appMention } from '../listeners/question/app-mention.ts';
import { directMessage } from '../listeners/question/direct-message.ts';
import { findUpgradeTasks } from '../listeners/question/find-upgrade-tasks.ts';
import { lookUpDevice } from '../listeners/question/look-up-device.ts';
import { openFilter } from '../listeners/question/open-filter.ts';
import { searchHome } from '../listeners/question/search-home.ts';
import { shareList } from '../listeners/question/share-list.ts';
import { submitDevice } from '../listeners/question/submit-device.ts';
import { submitFilter } from '../listeners/question/submit-filter.ts';
import { turnPage } from '../listeners/question/turn-page.ts';
import { upgradesCommand } from '../listeners/question/upgrades.ts';
import { cancelSubscription } from '../listeners/subscription/cancel-subscription.ts';
import { editSubscription } from '../listeners/subscription/edit-subscription.ts';
import { removeSubscription } from '../listeners/subscription/remove-subscription.ts';
import { saveSubscription } from '../listeners/subscription/save-subscription.ts';
import { submitSubscription } from '../listeners/subscription/submit-subscription.ts';
import { detailReasons } from '../listeners/task/detail-reasons.ts';
import { taskDetails } from '../listeners/task/task-details.ts';
import { taskDevices } from '../listeners/task/task-devices.ts';
import { taskHistory } from '../listeners/task/task-history.ts';
import { taskReasons } from '../listeners/task/task-reasons.ts';
import { turnDetail } from '../listeners/task/turn-detail.ts';
import { unknownAction, unknownRequest } from '../listeners/unknown-request.ts';
import type { SlackParts } from './parts.ts';

/** The manifest's shortcuts, by callback id. */
const LOOK_UP_DEVICE = 'look_up_device';
const FIND_IDS = 'find_ids';

/** Registers every listener, by user action. Action ids match exactly, so one press reaches one listener. */
export function registerListeners(app: App, parts: SlackParts): void {
  const press = (listener: PressListener, ...ids: readonly string[]) => {
    for (const id of ids) app.action<BlockAction<ButtonAction>>(button(id), listener);
  };
  // Any name: the app's manifest chooses it.
  app.command(/^\//, upgradesCommand(parts));
  press(turnPage(parts), ACTIONS.previousPage, ACTIONS.nextPage, ACTIONS.refreshList, ACTIONS.listSize);
  press(shareList(parts), ACTIONS.shareList);
  press(openFilter(parts), ACTIONS.openFilter);
  app.action<BlockAction<PlainTextInputAction>>(button(ACTIONS.homeSearch), searchHome(parts));
  press(taskDetails(parts), ACTIONS.taskDetails);
  press(taskDevices(parts), ACTIONS.taskDevices);
  press(taskReasons(parts), ACTIONS.taskReasons);
  press(taskHistory(parts), ACTIONS.taskHistory);
  press(acknowledgeTask(parts), ACTIONS.acknowledgeTask);
  app.action<BlockAction<StaticSelectAction>>(button(ACTIONS.muteTask), muteTask(parts));
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
  app.shortcut<GlobalShortcut>(LOOK_UP_DEVICE, lookUpDevice(parts));
  app.shortcut<MessageShortcut>(FIND_IDS, findUpgradeTasks(parts));
  app.event('app_home_opened', appHomeOpened(parts));
  app.event('app_mention', appMention(parts));
  app.event('message', directMessage(parts));
  app.event('app_uninstalled', installationLost(parts, 'app_uninstalled'));
  app.event('tokens_revoked', installationLost(parts, 'tokens_revoked'));
  app.event('channel_shared', channelSharing(parts));
  app.event('channel_unshared', channelSharing(parts));
  const unknown = { type: 'block_actions', action_id: otherThan(Object.values(ACTIONS)) } as const;
  app.action<BlockAction>(unknown, unknownAction(parts));
  app.view(otherThan([FILTER_MODAL, SUBSCRIPTION_MODAL, DEVICE_MODAL]), unknownRequest(parts, 'view'));
  app.shortcut(otherThan([LOOK_UP_DEVICE, FIND_IDS]), unknownRequest(parts, 'shortcut'));
}

type PressListener = (
  args: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
) => Promise<void>;

/** Actions that change what a task's modal shows. */
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

/** Matches any name but these. */
function otherThan(names: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${names.join('|')})$)`);
}

function button(id: string) {
  return { type: 'block_actions', action_id: id } as const;
}
