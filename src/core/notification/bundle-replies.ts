import type { Instant } from '../../lib/instant.ts';
import type { PlannedNotice } from './planned-notification.ts';
import { entriesOf } from './summary-entries.ts';
import { inParts, lastNoticed, MAX_SINGLE_ROOTS, partNotice } from './summary-notifications.ts';

export interface Bundled {
  /** What stands for many replies. */
  readonly parts: readonly PlannedNotice[];
  /** Told as they are. */
  readonly kept: readonly PlannedNotice[];
  /** Told by a part: which by which. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Many replies for one thread, such as a summary's whose tasks move on together, become a few that name the tasks. */
export function bundleReplies(
  notices: readonly PlannedNotice[],
  { now, newId }: { readonly now: Instant; readonly newId: () => string },
): Bundled {
  const replies = notices.filter(
    ({ place, broadcast, content }) => place === 'reply' && !broadcast && content.kind === 'change',
  );
  const crowded = [...Map.groupBy(replies, ({ messageId }) => messageId)].filter(
    ([, some]) => some.length > MAX_SINGLE_ROOTS,
  );
  const merged = new Map<string, string>();
  const parts = crowded.flatMap(([messageId, some]) => {
    const [first] = some;
    if (!first) return [];
    const ids = Map.groupBy(some, ({ operationId }) => operationId);
    const common = {
      channel: first.channel,
      operationId: null,
      messageId,
      broadcast: false,
      happenedAt: some.reduce((earliest, { happenedAt }) => Math.min(earliest, happenedAt), first.happenedAt),
      noticedAt: lastNoticed(some, now),
    };
    return inParts(entriesOf(some)).map((entries) => {
      const part = partNotice(common, entries, { now, newId });
      for (const { operationId } of entries) {
        for (const { id } of ids.get(operationId) ?? []) merged.set(id, part.id);
      }
      return part;
    });
  });
  return { parts, merged, kept: notices.filter(({ id }) => !merged.has(id)) };
}
