/** Lines that were sent, newest last, and where among them the person is; `at` equal to their number is the draft. */
export interface Recall {
  readonly lines: readonly string[];
  readonly at: number;
  /** What was being typed when the person went back. */
  readonly draft: string;
}

const MOST = 50;

export const NOTHING_SENT: Recall = { lines: [], at: 0, draft: '' };

/** After a line was sent; the same line twice in a row is kept once. */
export function afterSending({ lines }: Recall, line: string): Recall {
  const kept = [...(lines.at(-1) === line ? lines : [...lines, line])].slice(-MOST);
  return { lines: kept, at: kept.length, draft: '' };
}

/** One line back (arrow up). Null where there is none further back. */
export function goBack(recall: Recall, typed: string): { recall: Recall; text: string } | null {
  const at = recall.at - 1;
  const text = recall.lines[at];
  if (text === undefined) return null;
  const draft = recall.at === recall.lines.length ? typed : recall.draft;
  return { recall: { ...recall, at, draft }, text };
}

/** One line on (arrow down), at the end what was being typed. Null when the person is there already. */
export function goOn(recall: Recall): { recall: Recall; text: string } | null {
  if (recall.at >= recall.lines.length) return null;
  const at = recall.at + 1;
  return { recall: { ...recall, at }, text: recall.lines[at] ?? recall.draft };
}
