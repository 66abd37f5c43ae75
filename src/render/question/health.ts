import type { Health } from '../../core/question/answer.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Instant } from '../../lib/instant.ts';
import { fields, type Message, section } from '../blocks/message.ts';
import { count, date, exactDate, plain } from '../blocks/text.ts';

const KEPT_BACK =
  ':warning: *Notices do not arrive.* Slack refuses them; they are kept. Check that I am in the channel of `ALERT_CHANNEL` and that it is open; they are told within ten minutes then.';

/** The bot's health: the last polls, the platform calls, and the notifications by state. */
export function health(state: Health, now: Instant): Message {
  const { lastGoodCycleAt, lastCycleFailed } = state;
  const age = lastGoodCycleAt === null ? null : formatDuration(now - lastGoodCycleAt);
  const seen = lastGoodCycleAt === null ? 'never' : `${exactDate(lastGoodCycleAt)} (${age} ago)`;
  const calls = `${count(state.callsUsed)} of ${count(state.callsLimit)} in the last minute`;
  return {
    text: `Last good look at the platform: ${age === null ? 'never' : `${age} ago`}. Platform calls: ${calls}.`,
    blocks: [
      section(
        lastCycleFailed
          ? `:warning: *The last look at the platform failed.* ${plain(lastCycleFailed.message)} ${plain(lastCycleFailed.advice)}`
          : lastGoodCycleAt === null
            ? ':hourglass: *No look at the platform has ended yet.*'
            : ':large_green_circle: *Watching.*',
      ),
      ...state.budgetTroubles.map(({ message, advice }) =>
        section(`:warning: ${plain(message)} ${plain(advice)}`),
      ),
      ...(state.notificationsSuspended > 0 ? [section(KEPT_BACK)] : []),
      fields([
        ['Last good cycle', seen],
        [
          'Tasks in the mirror',
          `${count(state.watchedTasks)}${state.sweepUnderWay ? ', sweep under way' : ''}`,
        ],
        [
          'Platform calls',
          state.blockedUntil === null ? calls : `${calls}, throttled until ${date(state.blockedUntil)}`,
        ],
        ['Notices waiting', count(state.notificationsWaiting)],
        ['Notices undecided', count(state.notificationsUndecided)],
        ['Notices kept back', count(state.notificationsSuspended)],
        ['Held by quiet hours or mutes', count(state.notificationsHeld)],
        ['Possibly repeated', count(state.notificationsRepeated)],
      ]),
    ],
  };
}
