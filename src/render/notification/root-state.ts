import type { Earlier } from '../../core/change/past-troubles.ts';
import type { Acknowledgement } from '../../core/notification/acknowledgement.ts';
import type { Mute } from '../../core/notification/mute.ts';
import type { Mention } from '../../core/subscription/subscription.ts';
import type { WatchedTask } from '../../core/task/watched-task.ts';
import type { Held } from '../blocks/notes.ts';
import type { Failures } from '../task/failures.ts';

/** Everything the root message of a task shows. */
export interface RootState {
  /** Its alarms as the channel goes by them. */
  readonly watched: WatchedTask;
  /** What happened before and is not to be seen in how it stands, oldest first. */
  readonly earlier: readonly Earlier[];
  /** The failed devices that are known, and how many there are of those; null: none was read yet. */
  readonly failures: Failures | null;
  readonly acknowledgement: Acknowledgement | null;
  readonly mute: Mute | null;
  readonly mentions: readonly Mention[];
  /** Why it was told later than it could have been. */
  readonly held: Held;
  /** Sent before, perhaps: its answer was lost and Slack could not be asked. */
  readonly doubtful: boolean;
}
