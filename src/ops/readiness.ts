/** Describes in one sentence what is wrong with a part of this process; null if it is fine. Never rejects. */
export type PartTrouble = () => string | null | Promise<string | null>;

export interface ReadinessReport {
  readonly ready: boolean;
  /** One entry, with the part's name, for each part in trouble. */
  readonly reasons: readonly string[];
  /** The trouble of each part; null if it is fine. */
  readonly parts: Readonly<Record<string, string | null>>;
}

/** Collects the state of every part of the process. */
export interface Readiness {
  /** A part may be added more than once; the first trouble found counts. */
  add(part: string, trouble: PartTrouble): void;
  read(): Promise<ReadinessReport>;
}

export function createReadiness(): Readiness {
  const board: (readonly [part: string, trouble: PartTrouble])[] = [];
  return {
    add: (part, trouble) => void board.push([part, trouble]),
    async read() {
      const parts: Record<string, string | null> = {};
      for (const [part, trouble] of board) parts[part] ??= await trouble();
      const reasons = Object.entries(parts).flatMap(([part, trouble]) =>
        trouble === null ? [] : [`${part}: ${trouble}`],
      );
      return { ready: reasons.length === 0, reasons, parts };
    },
  };
}
