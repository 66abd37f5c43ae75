import type { ModalView } from '@slack/types';
import { isThinned } from '../../../core/change/thin-snapshots.ts';
import type { TaskHistory } from '../../../core/question/detail-answer.ts';
import { context, section, sections } from '../../blocks/message.ts';
import { counted } from '../../blocks/text.ts';
import { changeLines, noChanges, noSnapshots, snapshotLine, watchedLine } from '../snapshot-line.ts';
import { taskHead } from '../task-detail.ts';
import { taskId } from '../task-line.ts';
import { detailView } from './detail-frame.ts';
import type { DetailState } from './detail-state.ts';

/** Snapshots shown: even at maximum length they fit into a modal. */
const SHOWN_SNAPSHOTS = 60;

/** A task's history: what happened, then its snapshots, newest first. */
export function historyView(state: DetailState, history: TaskHistory): ModalView {
  const { task, snapshots } = history;
  const changes = changeLines(history.changes);
  const newest = snapshots.toReversed();
  const hidden = Math.max(0, newest.length - SHOWN_SNAPSHOTS);
  const first = hidden === 0 ? [] : newest.slice(-1).map(snapshotLine);
  const rest = isThinned(snapshots)
    ? ['I keep only some of the older ones.', ...first]
    : hidden > 0
      ? [`and ${counted(hidden, 'older one')}, the first of them:`, ...first]
      : [];
  return detailView(state, [
    section(task === null ? `*History*\n${taskId(state.operationId)}` : taskHead(task)),
    ...sections(['*What happened*', ...(changes.length === 0 ? [noChanges(history)] : changes)]),
    ...sections([
      '*Counters as they moved, newest first*',
      ...(newest.length === 0 ? [noSnapshots(history)] : newest.slice(0, SHOWN_SNAPSHOTS).map(snapshotLine)),
      ...rest,
    ]),
    context(watchedLine(history)),
  ]);
}
