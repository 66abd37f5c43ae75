import { describe, expect, test } from '@jest/globals';
import { createStatementPoints } from './statement-points.ts';

describe('the statements of a store', () => {
  const of = (sql: string, ...values: readonly unknown[]) => ({ sql, values });
  /** What is passed before and after each of these statements. */
  const pass = (...statements: readonly ReturnType<typeof of>[]) => {
    const points = createStatementPoints();
    return statements
      .flatMap((one) => [points.before(one), points.after(one)])
      .filter((point) => point !== null);
  };

  test('of a recording: each write, and both sides of its commit', () => {
    expect(
      pass(
        of('begin'),
        of('select * from "task"'),
        of('insert into "task" ("operation_id") values (?)', 'op-1'),
        of('insert into "notification" ("id") values (?)', 'n-1'),
        of('insert into "watch_state" ("name", "value") values (?, ?)', 'watch', '{}'),
        of('commit'),
      ),
    ).toEqual([
      'inside the recording transaction',
      'inside the recording transaction',
      'inside the recording transaction',
      'before the recording commits',
      'after the recording committed',
    ]);
  });

  test('of a sending: intent, receipt, and what is put back', () => {
    const state = 'update "notification" set "state" = ?';
    expect(
      pass(
        of('begin'),
        of(`${state}, "attempts" = "attempts" + ?`, 'sending', 1),
        of('commit'),
        of('begin'),
        of(`${state}, "sent_at" = "receipt"."at"`, 'sent', '[]'),
        of('update "message" set "ts" = ?', '1.2'),
        of('commit'),
        of(`${state}, "due_at" = ?`, 'pending', 1),
        of('update "message" set "shown" = ?, "edited_at" = ?', 'x', 1),
      ),
    ).toEqual([
      'before the intent is stored',
      'inside the intent',
      'after the intent is stored',
      'before the receipt is stored',
      'inside the receipt',
      'after the receipt is stored',
      'before a notification is put back',
      'before the edit is recorded',
    ]);
  });

  test('of sendings that share a transaction: each step, and the receipt at its commit', () => {
    const state = 'update "notification" set "state" = ?';
    expect(pass(of('begin'), of(state, 'sent'), of(state, 'sending'), of('commit'))).toEqual([
      'before the receipt is stored',
      'before the intent is stored',
      'inside the receipt',
      'after the receipt is stored',
    ]);
  });

  test('that end without a commit leave nothing behind', () => {
    expect(
      pass(of('begin'), of('insert into "task" values (?)'), of('rollback'), of('begin'), of('commit')),
    ).toEqual(['inside the recording transaction']);
  });
});
