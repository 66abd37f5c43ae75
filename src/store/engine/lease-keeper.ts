import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { realTime } from '../../lib/machine-clock.ts';
import { createOneAtATime } from '../../lib/work/one-at-a-time.ts';
import { LeaseLostError } from './errors.ts';
import { claimLeases, holdLease, releaseLeases, renewLeases } from './leases.ts';
import type { Store } from './location.ts';
import type { Schema } from './schema.ts';

/** How long a process that says nothing keeps what it holds, in milliseconds. */
const LEASE = 15_000;
/** Three chances to be heard before a lease is over. */
const RENEW_EVERY = 5_000;
const ASK_AGAIN = 250;

/** Who of all processes on one store does what only one may do at a time. */
export interface LeaseKeeper {
  /** Whether there may be other processes at all. */
  readonly shared: boolean;
  /** Takes what is free of these, and returns what is ours now. */
  claim(names: readonly string[]): Promise<readonly string[]>;
  /** Whether it is ours for all we know: no question is asked, and a silent database counts against us. */
  holds(name: string): boolean;
  /**
   * Aborts when it is ours no longer, for all we know. To be asked for while it is ours: what is begun on its strength must
   * not go on beside another process that has it by then.
   */
  whileHeld(name: string): AbortSignal;
  /** To be called in a transaction that writes on the strength of a lease. Throws a LeaseLostError when it is another's. */
  confirm(tx: Kysely<Schema>, name: string): Promise<void>;
  release(names: readonly string[]): Promise<void>;
  /** Does the work while no other process, and nothing else in this one, does work of that name. */
  exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Gives everything back. */
  stop(): Promise<void>;
}

/** For a store that has one process: everything is ours. */
export function createSoleLeases(): LeaseKeeper {
  const always = new AbortController().signal;
  return {
    shared: false,
    whileHeld: () => always,
    claim: async (names) => names,
    holds: () => true,
    confirm: async () => undefined,
    release: async () => undefined,
    exclusively: createExclusively(async (work) => await work()),
    stop: async () => undefined,
  };
}

export interface LeaseParts {
  readonly db: Kysely<Schema>;
  /** Names this process among all; made anew at every start. */
  readonly holder: string;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told when the database could not be asked to keep what is ours. */
  readonly onTrouble: (error: unknown) => void;
  /** For tests, in milliseconds. */
  readonly lease?: number;
}

/**
 * Leases in the store that many processes share. What is held is renewed all the while; a process that is killed, cut off
 * or stands still loses it after 15 seconds, by the database's clock for the others and by a clock of its own for itself,
 * which began to count before it asked and therefore ends first.
 */
export function createStoreLeases(parts: LeaseParts): LeaseKeeper {
  const { db, holder, monotonic, delay } = parts;
  const milliseconds = parts.lease ?? LEASE;
  const stopping = new AbortController();
  const heldUntil = new Map<string, number>();
  const ends = new Map<string, AbortController>();

  const note = (names: readonly string[], asked: number) => {
    for (const name of names) heldUntil.set(name, asked + milliseconds);
  };
  const claim = async (names: readonly string[]) => {
    if (names.length === 0 || stopping.signal.aborted) return [];
    const asked = monotonic();
    const claimed = await claimLeases(db, names, { id: holder, milliseconds });
    note(claimed, asked);
    return claimed;
  };
  const holds = (name: string) => monotonic() < (heldUntil.get(name) ?? Number.NEGATIVE_INFINITY);
  const forget = (name: string) => {
    heldUntil.delete(name);
    ends.get(name)?.abort(new LeaseLostError(name));
    ends.delete(name);
  };
  /** Waits for its end, which each renewal puts off. */
  const expire = async (name: string, end: AbortController) => {
    while (holds(name) && !end.signal.aborted)
      await delay(Math.max(1, (heldUntil.get(name) ?? 0) - monotonic()), stopping.signal);
    if (ends.get(name) === end) forget(name);
  };
  const release = async (names: readonly string[]) => {
    for (const name of names) forget(name);
    if (names.length > 0) await releaseLeases(db, holder, names);
  };
  const renew = async () => {
    const asked = monotonic();
    const before = [...heldUntil.keys()];
    if (before.length === 0) return;
    const { renewed, ours } = await renewLeases(db, { id: holder, milliseconds });
    // Given back while the question was under way: then it is no longer noted, and stays so.
    note(
      renewed.filter((name) => heldUntil.has(name)),
      asked,
    );
    for (const name of before) if (!ours.has(name)) forget(name);
  };
  const renewing = (async () => {
    while (!stopping.signal.aborted) {
      await delay(milliseconds * (RENEW_EVERY / LEASE), stopping.signal).catch(() => undefined);
      if (!stopping.signal.aborted) await renew().catch(parts.onTrouble);
    }
  })();
  const alone = async <Result>(work: () => Promise<Result>, name: string): Promise<Result> => {
    while ((await claim([name])).length === 0) {
      stopping.signal.throwIfAborted();
      await delay(ASK_AGAIN, stopping.signal);
    }
    try {
      return await work();
    } finally {
      await release([name]).catch(parts.onTrouble);
    }
  };
  return {
    shared: true,
    claim,
    holds,
    whileHeld(name) {
      const known = ends.get(name);
      if (known) return known.signal;
      const end = new AbortController();
      ends.set(name, end);
      // Rejects when this process stops, and everything ends then.
      expire(name, end).catch(() => end.abort(stopping.signal.reason));
      return end.signal;
    },
    async confirm(tx, name) {
      if (!(await holdLease(tx, name, holder))) throw new LeaseLostError(name);
    },
    release,
    exclusively: createExclusively(alone),
    async stop() {
      stopping.abort();
      await renewing;
      heldUntil.clear();
      await releaseLeases(db, holder).catch(parts.onTrouble);
    },
  };
}

/** A lease is the process's: within it, work of one name comes one after the other. */
function createExclusively(
  alone: <Result>(work: () => Promise<Result>, name: string) => Promise<Result>,
): LeaseKeeper['exclusively'] {
  const turns = new Map<string, ReturnType<typeof createOneAtATime>>();
  return (name, work) => {
    const inTurn = turns.get(name) ?? createOneAtATime();
    turns.set(name, inTurn);
    return inTurn(() => alone(work, name));
  };
}

/** The leases of a process on this store. They are about real time: they hold against processes no clock of ours reaches. */
export function leasesOf({ db, shared }: Store, onTrouble: (error: unknown) => void): LeaseKeeper {
  if (!shared) return createSoleLeases();
  return createStoreLeases({
    db,
    holder: randomUUID(),
    monotonic: realTime,
    delay: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal });
    },
    onTrouble,
  });
}
