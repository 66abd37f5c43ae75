import type { Point } from './points.ts';

/** A statement as the bot's store gets it. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Tells which point the bot is at when it makes a statement. One for each life of a bot: it follows its transactions. */
export interface StatementPoints {
  before(statement: Statement): Point | null;
  after(statement: Statement): Point | null;
}

/** Written by nothing but the transaction that records a cycle. */
const RECORDED = /^insert into "(task|task_body|task_target|snapshot|change|message|thread|notification)"/;
const MOVED = /^update ("message" set "wanted_version"|"task" set "total")/;
// SQLite's parameters are question marks, PostgreSQL's have numbers.
const STATE = /^update "notification" set "state" = (?:\?|\$1)/;
const PUT_BACK = /^update "notification" set "state" = (?:\?|\$1), "due_at" = (?:\?|\$2)/;
const EDITED = /^update "message" set "shown" = (?:\?|\$1)/;

/** Both sides of the commit of what a transaction does. */
const COMMITS: Readonly<Record<string, { readonly before: Point; readonly after: Point }>> = {
  recording: { before: 'before the recording commits', after: 'after the recording committed' },
  receipt: { before: 'inside the receipt', after: 'after the receipt is stored' },
  intent: { before: 'inside the intent', after: 'after the intent is stored' },
};

export function createStatementPoints(): StatementPoints {
  let transaction: 'none' | 'open' | 'recording' | 'receipt' | 'intent' = 'none';
  const records = ({ sql, values }: Statement) =>
    transaction !== 'none' &&
    (RECORDED.test(sql) ||
      MOVED.test(sql) ||
      (sql.startsWith('insert into "watch_state"') && values[0] === 'watch'));
  return {
    before(statement) {
      const { sql, values } = statement;
      if (sql === 'begin') transaction = 'open';
      if (records(statement)) {
        transaction = 'recording';
        return 'inside the recording transaction';
      }
      const commits = sql === 'commit' ? COMMITS[transaction] : undefined;
      if (commits) return commits.before;
      if (EDITED.test(sql)) return 'before the edit is recorded';
      if (!STATE.test(sql)) return null;
      if (values[0] === 'pending') return PUT_BACK.test(sql) ? 'before a notification is put back' : null;
      if (values[0] === 'sending') {
        // Receipts of other channels go into the same transaction, and come first.
        if (transaction !== 'receipt') transaction = 'intent';
        return 'before the intent is stored';
      }
      if (values[0] !== 'sent') return null;
      transaction = 'receipt';
      return 'before the receipt is stored';
    },
    after({ sql }) {
      if (sql !== 'commit' && sql !== 'rollback') return null;
      const ended = transaction;
      transaction = 'none';
      return (sql === 'commit' && COMMITS[ended]?.after) || null;
    },
  };
}
