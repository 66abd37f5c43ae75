import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Statement } from './statement-points.ts';

/** Sees every statement of a connection; what it throws keeps a statement from being made, or its result from being seen. */
export interface StatementGuard {
  before(statement: Statement): void;
  after(statement: Statement): void;
}

const NOBODY: StatementGuard = { before: () => undefined, after: () => undefined };

/**
 * Puts a guard before `node:sqlite`, for good: the border at which a store meets the disk. `guardOf` is asked once for
 * each connection; null leaves that connection alone.
 */
export function watchStatements(guardOf: (connection: DatabaseSync) => StatementGuard | null): void {
  const connections = new WeakMap<DatabaseSync, StatementGuard>();
  const statements = new WeakMap<StatementSync, { readonly guard: StatementGuard; readonly sql: string }>();
  const guardFor = (connection: DatabaseSync) => {
    const guard = connections.get(connection) ?? guardOf(connection) ?? NOBODY;
    connections.set(connection, guard);
    return guard;
  };
  const guarded = <Result>(guard: StatementGuard, statement: Statement, work: () => Result): Result => {
    guard.before(statement);
    const result = work();
    guard.after(statement);
    return result;
  };

  const { exec, prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    guarded(guardFor(this), { sql, values: [] }, () => exec.call(this, sql));
  };
  DatabaseSync.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    statements.set(statement, { guard: guardFor(this), sql });
    return statement;
  };
  const { run, all } = StatementSync.prototype;
  // Both are called with values only, never with an object of named ones: kysely numbers its parameters. So what they
  // take and return is said by this type, and `Reflect.apply` returns what the call does.
  type Call<Result> = (...values: readonly unknown[]) => Result;
  const watched = <Result>(call: Call<Result>): Call<Result> =>
    function (this: StatementSync, ...values) {
      const known = statements.get(this);
      const work = () => Reflect.apply(call, this, values) as Result;
      return known ? guarded(known.guard, { sql: known.sql, values }, work) : work();
    };
  StatementSync.prototype.run = watched(run as Call<ReturnType<typeof run>>);
  StatementSync.prototype.all = watched(all as Call<ReturnType<typeof all>>);
}
