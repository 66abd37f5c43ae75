import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { realTime } from '../../lib/machine-clock.ts';
import { createOneAtATime } from '../../lib/work/one-at-a-time.ts';
import { LeaseLostError } from './errors.ts';
import { claimLeases, holdLease, releaseLeases, renewLeases } from './leases.ts';
import type { Store } from './location.ts';
import type { Schema } from './schema.ts';

/** How long a silent process keeps its leases. Milliseconds. */
const LEASE = 15_000;
/** Leaves three attempts before a lease expires. Milliseconds. */
const RENEW_EVERY = 5_000;
const ASK_AGAIN = 250;

/** Leases for work that only one process on a store may do at a time. */
export interface LeaseKeeper {
  /** Whether other processes may use the store at all. */
  readonly shared: boolean;
  /** Takes the free ones of these leases, and returns those we hold now. */
  claim(names: readonly string[]): Promise<readonly string[]>;
  /** Whether we hold the lease as far as we know. No query is made, and a silent database counts against us. */
  holds(name: string): boolean;
  /**
   * Aborts when we lose the lease, as far as we know. Get it while holding the lease: work started under the
   * lease must not continue alongside the next holder.
   */
  whileHeld(name: string): AbortSignal;
  /** Call in a transaction that relies on a lease. Throws a LeaseLostError if we do not hold it. */
  confirm(tx: Kysely<Schema>, name: string): Promise<void>;
  release(names: readonly string[]): Promise<void>;
  /** Runs the work while no other work of that name runs, in this process or any other. */
  exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Releases all leases. */
  stop(): Promise<void>;
}

/** For a store with a single process, which holds every lease. */
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
  /** Identifies this process; new at every start. */
  readonly holder: string;
  /** A monotonic clock, in milliseconds. */
  readonly monotonic: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Called when leases could not be renewed or released in the database. */
  readonly onTrouble: (error: unknown) => void;
  /** Lease duration for tests, in milliseconds. */
  readonly lease?: number;
}

/**
 * Leases in a shared store, renewed continuously. A process that is killed, cut off or frozen loses its
 * leases after 15 seconds by the database's clock. For itself they end sooner: it counts by its own clock,
 * from before the request.
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
  /** Waits for the lease to expire. Each renewal postpones that. */
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
    // A lease released during the query is no longer in the map, and must not come back.
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
      // Rejects when this process stops, which ends every lease.
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

/** A lease belongs to the whole process, so work of one name also runs one at a time within it. */
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

/** A process's leases on this store. They use real time: other processes do not share this one's clock. */
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
