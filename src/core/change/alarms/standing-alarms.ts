import type { WatchedTask } from '../../task/watched-task.ts';

/** What makes a task somebody's trouble. */
export type StandingAlarm = 'failed' | 'failing' | 'stalled' | 'overdue';

/** What is wrong with a task now, worst first; nothing for one that goes well, ended well or vanished. */
export function standingAlarms({
  task,
  alarms,
  active,
  vanishedAt,
}: Pick<WatchedTask, 'task' | 'alarms' | 'active' | 'vanishedAt'>): readonly StandingAlarm[] {
  if (vanishedAt !== null) return [];
  if (task.status === 'failed') return ['failed'];
  const running = task.status === 'running';
  const isLateToStart = alarms.overdue === 'not-started' && task.status === 'waiting';
  const standing: readonly (readonly [StandingAlarm, boolean])[] = [
    ['failing', running && alarms.failing],
    ['stalled', running && alarms.stalled],
    // A start that came late after all is the past.
    ['overdue', active && (alarms.overdue === 'past-end' || isLateToStart)],
  ];
  return standing.flatMap(([alarm, stands]) => (stands ? [alarm] : []));
}
