import type { Earlier } from '../../core/change/past-troubles.ts';
import type { Acknowledgement } from '../../core/notification/acknowledgement.ts';
import type { Mute } from '../../core/notification/mute.ts';
import type { Mention } from '../../core/subscription/subscription.ts';
import { failedDevices } from '../../core/task/tally.ts';
import { isActive, type WatchedTask } from '../../core/task/watched-task.ts';
import type { Held } from '../blocks/notes.ts';
import { count, counted, date } from '../blocks/text.ts';
import { changeLook } from '../blocks/words.ts';
import type { Failures } from '../task/failures.ts';

/** Everything the root message of a task shows. */
export interface RootState {
  /** Its alarms follow the channel's thresholds. */
  readonly watched: WatchedTask;
  /** Earlier events that the current state does not show, oldest first. */
  readonly earlier: readonly Earlier[];
  /** The failed devices read so far and their number; null: none read yet. */
  readonly failures: Failures | null;
  readonly acknowledgement: Acknowledgement | null;
  readonly mute: Mute | null;
  readonly mentions: readonly Mention[];
  /** Why it was posted late. */
  readonly held: Held;
  /** It may have been posted before: Slack's response was lost and the channel's history could not be read. */
  readonly doubtful: boolean;
}

type State = Pick<RootState, 'earlier' | 'watched'>;

/**
 * Events the current state does not show, such as `Earlier: failed 7:39 PM with 12 devices, retried · now 1
 * failed`.
 */
export function earlierLine(state: State): string {
  const said = state.earlier.map((one) => `${began(one)} ${date(one.at)}${damage(one)}${after(one, state)}`);
  if (said.length === 0) return '';
  const now = failedNow(state);
  return `:rewind: Earlier: ${said.join(' · ')}${now ? ` · ${now}` : ''}`;
}

/** The same without times, for notifications, which cannot use the reader's zone. */
export function earlierWords(state: State): string {
  const said = state.earlier.map((one) => `${began(one)}${damage(one)}${after(one, state)}`);
  if (said.length === 0) return '';
  return `Earlier: ${[...said, failedNow(state)].filter(Boolean).join('; ')}.`;
}

function began({ kind }: Earlier): string {
  return kind === 'failing' ? 'began to fail' : changeLook(kind).brief;
}

function damage({ failed }: Earlier): string {
  return failed === null || failed === 0 ? '' : ` with ${counted(failed, 'device')}`;
}

/** A failed task that runs again was retried. */
function after({ kind }: Earlier, { watched: { task } }: State): string {
  return kind === 'failed' && isActive(task.status) ? ', retried' : '';
}

/** How many devices are failed now, if that is fewer than before. */
function failedNow({ earlier, watched: { task } }: State): string {
  const now = failedDevices(task.tally);
  const most = Math.max(0, ...earlier.map(({ failed }) => failed ?? 0));
  if (now === null || now >= most) return '';
  return now === 0 ? 'none failed now' : `now ${count(now)} failed`;
}
