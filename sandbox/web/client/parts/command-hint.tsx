interface CommandHintProps {
  readonly id: string;
  readonly usageHint: string;
  readonly complete: () => void;
}

/** What stands over the composer while a command is typed. */
export function CommandHint({ id, usageHint, complete }: CommandHintProps) {
  return (
    <div className="command-hint" id={id}>
      <button type="button" tabIndex={-1} onClick={complete}>
        <strong>/upgrades</strong> <span>{usageHint}</span>
      </button>
      <span className="muted">Upgrade tasks, devices and what fails · Tab completes, Enter sends</span>
    </div>
  );
}
