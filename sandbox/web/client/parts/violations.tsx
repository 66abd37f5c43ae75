/** What Slack would have refused the message for. */
export function Violations({ violations }: { violations: readonly string[] }) {
  return (
    <section className="violations" aria-label="Beyond Slack's limits">
      <strong>Slack would refuse this</strong>
      <ul>
        {violations.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
