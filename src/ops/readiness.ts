/** Says in a sentence what is wrong with a part of this process; null: nothing. Never rejects. */
export type PartTrouble = () => string | null | Promise<string | null>;

export interface ReadinessReport {
  readonly ready: boolean;
  /** One for each part that is not well, with its name. */
  readonly reasons: readonly string[];
  /** What is wrong with each part; null where it is well. */
  readonly parts: Readonly<Record<string, string | null>>;
}

/** The board on which parts say whether they are well. */
export interface Readiness {
  /** Where several speak for one part, the first trouble counts. */
  add(part: string, trouble: PartTrouble): void;
  /** Asks all parts. */
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
