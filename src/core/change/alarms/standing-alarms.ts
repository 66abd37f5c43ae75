import type { WatchedTask } from '../../task/watched-task.ts';

/** What can be wrong with a task. */
export type StandingAlarm = 'failed' | 'failing' | 'stalled' | 'overdue';

/** What is wrong with a task now, worst first; empty if it is going well, ended well or vanished. */
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
    // A task that started late after all is no longer overdue.
    ['overdue', active && (alarms.overdue === 'past-end' || isLateToStart)],
  ];
  return standing.flatMap(([alarm, stands]) => (stands ? [alarm] : []));
}
