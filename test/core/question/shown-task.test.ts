import { expect, test } from '@jest/globals';
import { shownTask } from '../../../src/core/question/shown-task.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { aTask, HOUR, NOON } from '../tasks.ts';
import { Watching } from '../watching.ts';

const policy = { endTime: NOON + HOUR };
const slow = aTask({ policy, tally: { succeeded: 10, failed: 5 } });
const watched = () => {
  const bot = new Watching(slow);
  bot.see(slow, 7 * HOUR);
  return bot.watched;
};
const standing = (task: Task) => shownTask(task, watched()).standing;

test('a task is shown with the alarms that the watch raised', () => {
  expect(standing(slow)).toEqual(['failing', 'stalled', 'overdue']);
});

test('what was just read ends what it refutes', () => {
  expect(standing(aTask({ policy, tally: { succeeded: 11, failed: 5 } }))).toEqual(['failing', 'overdue']);
  expect(standing(aTask({ policy, status: 'waiting' }))).toEqual(['overdue']);
  expect(standing(aTask({ policy, status: 'succeeded' }))).toEqual([]);
  expect(standing(aTask({ policy, status: 'failed' }))).toEqual(['failed']);
});

test('a new run has none of the last one', () => {
  const bot = new Watching(slow);
  bot.see(aTask({ status: 'failed' }));
  expect(shownTask(slow, bot.watched).standing).toEqual([]);
});

test('of a task that the watch does not know nothing is said', () => {
  expect(shownTask(slow, undefined).standing).toBeUndefined();
});
