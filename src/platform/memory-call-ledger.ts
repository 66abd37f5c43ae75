import { BUDGET_WINDOW, decideCall, type MadeCall } from '../core/call-budget.ts';
import type { Instant } from '../core/task.ts';
import type { CallLedger } from './call-ledger.ts';

/** A ledger for one process that forgets everything when it ends; what was called just before is then unknown. */
export function createMemoryCallLedger(parts: { now: () => Instant; callsPerMinute: number }): CallLedger {
  let calls: MadeCall[] = [];
  let blockedUntil: Instant | null = null;

  function forgetOld(now: Instant): void {
    calls = calls.filter((call) => now - call.at < BUDGET_WINDOW);
  }

  return {
    async take(priority) {
      const now = parts.now();
      forgetOld(now);
      const decision = decideCall({
        calls,
        blockedUntil,
        priority,
        now,
        callsPerMinute: parts.callsPerMinute,
      });
      if (decision.kind === 'granted') calls.push({ at: now, priority });
      return decision;
    },
    async block(until) {
      blockedUntil = Math.max(until, blockedUntil ?? until);
    },
    async usage() {
      const now = parts.now();
      forgetOld(now);
      const blocked = blockedUntil !== null && now < blockedUntil ? blockedUntil : null;
      return { used: calls.length, limit: parts.callsPerMinute, blockedUntil: blocked };
    },
  };
}
