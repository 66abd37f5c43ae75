import type { ControlAct } from '../../contract.ts';
import { useNow } from '../state/use-now.ts';
import { clockWords, speedWords, ticking } from './ticking.ts';

interface ClockSwitchProps {
  readonly now: number;
  readonly speed: number;
  readonly receivedAt: number;
  readonly run: (deed: ControlAct) => void;
}

const SPEEDS = [
  { speed: 0, label: 'Pause' },
  { speed: 1, label: '1×' },
  { speed: 60, label: '60×' },
  { speed: 600, label: '600×' },
  { speed: 3600, label: '3600×' },
];
const HOUR = 3_600_000;
const TICK = 250;

/** The platform's clock: how fast it runs, and leaps ahead. */
export function ClockSwitch({ now, speed, receivedAt, run }: ClockSwitchProps) {
  const here = useNow(TICK);
  return (
    <section aria-labelledby="clock-head">
      <h3 id="clock-head">Platform clock</h3>
      <p className="clock">
        <time>{clockWords(ticking(now, speed, here - receivedAt))}</time> UTC
        <span className="muted"> · {speedWords(speed)}</span>
      </p>
      <fieldset className="segments" aria-label="Speed of time">
        {SPEEDS.map((one) => (
          <button
            key={one.speed}
            type="button"
            aria-pressed={one.speed === speed}
            title={speedWords(one.speed)}
            onClick={() => run({ kind: 'speed', speed: one.speed })}
          >
            {one.label}
          </button>
        ))}
      </fieldset>
      <div className="row">
        <button
          type="button"
          className="button small"
          onClick={() => run({ kind: 'skip', milliseconds: HOUR })}
        >
          Skip 1 hour
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => run({ kind: 'skip', milliseconds: 6 * HOUR })}
        >
          Skip 6 hours
        </button>
      </div>
    </section>
  );
}
