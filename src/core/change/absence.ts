import type { Instant } from '../../lib/instant.ts';
import type { Change } from './changes.ts';

/** A time in which nobody watched, and what is still to be found of it. */
export interface Absence {
  readonly from: Instant;
  readonly until: Instant;
  /** Tasks that left the lists of active ones meanwhile, and of which nobody knows yet how they ended. */
  readonly missed: readonly string[];
}

/** One task of a look, as far as it matters here. */
interface Found {
  readonly operationId: string;
  /** Never seen before. */
  readonly isNew: boolean;
  readonly changes: readonly Change[];
}

/**
 * Tells whether what a later look found happened while nobody watched: after a long absence one look need not find
 * everything. A task that was seen since is none of it, whatever the platform's clock says.
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

/** What is remembered after a look that saw the lists whole. `lost` left them and was not found yet. */
export function nextAbsence(
  before: Absence | null,
  lost: ReadonlySet<string>,
  /** Null: this look was no return. */
  returned: Pick<Absence, 'from' | 'until'> | null,
): Absence | null {
  if (returned !== null) return { ...returned, missed: [...lost] };
  return before && { ...before, missed: before.missed.filter((id) => lost.has(id)) };
}
