import type { Instant } from '../../lib/instant.ts';
import type { Change } from './changes.ts';

/** A period when the bot was not watching, and the tasks from it still unaccounted for. */
export interface Absence {
  readonly from: Instant;
  readonly until: Instant;
  /** Tasks that left the lists of active ones in that period and whose outcome is still unknown. */
  readonly missed: readonly string[];
}

/** The relevant part of one task in a poll. */
interface Found {
  readonly operationId: string;
  /** Never seen before. */
  readonly isNew: boolean;
  readonly changes: readonly Change[];
}

/**
 * Returns a test for whether a task found by a later poll changed during the absence: after a long absence one
 * poll need not find everything. A task seen since then does not count, whatever the platform's clock says.
 */
export function fromAbsence(absence: Absence | null): (found: Found) => boolean {
  if (absence === null) return () => false;
  const missed = new Set(absence.missed);
  return ({ operationId, isNew, changes }) => {
    if (missed.has(operationId)) return true;
    const at = changes.at(-1)?.at;
    return isNew && at !== undefined && absence.from <= at && at <= absence.until;
  };
}

/** The absence to remember after a poll that read the lists in full. `lost` tasks left them and are not found yet. */
export function nextAbsence(
  before: Absence | null,
  lost: ReadonlySet<string>,
  /** Null: this poll did not end an absence. */
  returned: Pick<Absence, 'from' | 'until'> | null,
): Absence | null {
  if (returned !== null) return { ...returned, missed: [...lost] };
  return before && { ...before, missed: before.missed.filter((id) => lost.has(id)) };
}
