import { useId } from 'react';
import type { ControlAct, ControlState } from '../../contract.ts';

interface FaultsProps {
  readonly control: ControlState;
  readonly run: (deed: ControlAct) => void;
}

const PLATFORM = [
  { state: 'well', label: 'Well' },
  { state: 'throttled', label: 'Throttled' },
  { state: 'down', label: 'Down' },
] as const;
const SLACK = [
  { state: 'well', label: 'Well' },
  { state: 'loses-next-answer', label: 'Loses next answer' },
  { state: 'down', label: 'Down' },
] as const;

/** What goes wrong on either side of the bot. */
export function Faults({ control, run }: FaultsProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>What goes wrong</h3>
      <Segments
        label="IoT platform"
        now={control.platform}
        choices={PLATFORM}
        choose={(state) => run({ kind: 'platform', state })}
      />
      <Segments
        label="Slack"
        now={control.slack}
        choices={SLACK}
        choose={(state) => run({ kind: 'slack', state })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={control.historyScopes}
          onChange={(event) => run({ kind: 'history-scopes', granted: event.target.checked })}
        />
        The bot may read the history of channels
      </label>
    </section>
  );
}

interface SegmentsProps<State extends string> {
  readonly label: string;
  readonly now: State;
  readonly choices: readonly { readonly state: State; readonly label: string }[];
  readonly choose: (state: State) => void;
}

function Segments<State extends string>({ label, now, choices, choose }: SegmentsProps<State>) {
  return (
    <div className="fault">
      <span aria-hidden="true">{label}</span>
      <fieldset className="segments" aria-label={label}>
        {choices.map((one) => (
          <button
            key={one.state}
            type="button"
            className={one.state === 'well' ? undefined : 'bad'}
            aria-pressed={one.state === now}
            onClick={() => choose(one.state)}
          >
            {one.label}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
