import type { Instant } from '../../lib/instant.ts';
import { asOfNow, decideCall, madeBy, type Remembered } from './call-budget.ts';
import type { CallLedger } from './call-ledger.ts';
import type { PollingNeed } from './polling-need.ts';

/** A ledger for a single process. It forgets everything at exit, including calls made just before. */
export function createMemoryCallLedger(parts: { now: () => Instant; callsPerMinute: number }): CallLedger {
  const { callsPerMinute } = parts;
  let remembered: Remembered = { calls: [], blockedUntil: null };
  let polling: PollingNeed | null = null;

  return {
    async take(caller) {
      const now = parts.now();
      remembered = asOfNow(remembered, now);
      const pollingNeed = polling?.calls ?? 0;
      const decision = decideCall({ ...remembered, caller, now, callsPerMinute, pollingNeed });
      if (decision.kind === 'granted')
        remembered = { ...remembered, calls: [...remembered.calls, madeBy(caller, now)] };
      return decision;
    },
    async reserve(need) {
      polling = need;
    },
    async block(until) {
      const { blockedUntil } = remembered;
      remembered = { ...remembered, blockedUntil: Math.max(until, blockedUntil ?? until) };
    },
    async usage() {
      const now = parts.now();
      const { calls, blockedUntil } = asOfNow(remembered, now);
      const blocked = blockedUntil !== null && now < blockedUntil ? blockedUntil : null;
      return { used: calls.length, limit: callsPerMinute, blockedUntil: blocked, polling };
    },
  };
}
