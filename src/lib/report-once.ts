/** Remembered at the most: beyond it the oldest is forgotten, and would be reported again. */
const MOST = 1_000;

/**
 * Hands on what was not handed on before. Every look at the platform meets the same unreadable tasks again: a line of log
 * for each of them each minute would bury everything else.
 */
export function createReportOnce(report: (what: string) => void): (what: string) => void {
  const reported = new Set<string>();
  return (what) => {
    // A row without an id wanders from place to place as others come and go; it stays the same row.
    const key = what.replace(/^Row \d+ of page \d+/, 'Row');
    if (reported.has(key)) return;
    reported.add(key);
    const [oldest] = reported;
    if (reported.size > MOST && oldest !== undefined) reported.delete(oldest);
    report(what);
  };
}
