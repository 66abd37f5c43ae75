import type { ModalView } from '@slack/types';
import type { TaskHistory } from '../../core/detail-answer.ts';
import { context, section, sections } from '../message.ts';
import { changeLines, sightLine, watchedLine } from '../sight-line.ts';
import { taskHead } from '../task-detail.ts';
import { taskId } from '../task-line.ts';
import { counted } from '../text.ts';
import { detailView } from './detail-frame.ts';
import type { DetailState } from './detail-state.ts';

/** Sights shown; with the longest words a modal still has room for them. */
const SHOWN_SIGHTS = 60;

/** How the bot saw a task move: what happened, then every step, newest first. */
export function historyView(state: DetailState, history: TaskHistory): ModalView {
  const { task, sights, older } = history;
  const changes = changeLines(history.changes);
  const newest = sights.toReversed();
  const hidden = Math.max(0, newest.length - SHOWN_SIGHTS);
  const rest = older
    ? ['and older ones']
    : hidden > 0
      ? [`and ${counted(hidden, 'older one')}, the first of them:`, ...newest.slice(-1).map(sightLine)]
      : [];
  return detailView(state, [
    section(task === null ? `*History*\n${taskId(state.operationId)}` : taskHead(task)),
    ...sections(['*What happened*', ...(changes.length === 0 ? ['nothing while I watched'] : changes)]),
    ...sections([
      '*Counters as they moved, newest first*',
      ...(newest.length === 0 ? ['none seen'] : newest.slice(0, SHOWN_SIGHTS).map(sightLine)),
      ...rest,
    ]),
    context(watchedLine(history)),
  ]);
}
