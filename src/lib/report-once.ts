/** Most reports remembered; beyond that, the oldest is forgotten and would be repeated. */
const MOST = 1_000;

/**
 * Passes each report on once. Every poll meets the same unreadable tasks again, and a log line for each of them every
 * minute would bury everything else.
 */
export function createReportOnce(report: (what: string) => void): (what: string) => void {
  const reported = new Set<string>();
  return (what) => {
    // A row without an id moves as others come and go, but it stays the same row.
    const key = what.replace(/^Row \d+ of page \d+/, 'Row');
    if (reported.has(key)) return;
    reported.add(key);
    const [oldest] = reported;
    if (reported.size > MOST && oldest !== undefined) reported.delete(oldest);
    report(what);
  };
}
