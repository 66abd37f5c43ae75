import type { Logger } from 'pino';
import { formatDuration } from '../lib/duration.ts';
import { CLOCK_TOLERANCE } from '../lib/wait.ts';

/** Compares our clock with another's at every call, and says once when they part and once when they agree again. */
export function watchClock(log: Logger, other: OtherClock): (ahead: number | null) => void {
  let off = false;
  return (ahead) => {
    if (ahead === null) return;
    const trouble = clockTrouble(other, ahead);
    if ((trouble !== null) === off) return;
    off = trouble !== null;
    const milliseconds = Math.round(ahead);
    if (trouble !== null) log.warn({ ...trouble, other, milliseconds }, 'the clocks differ');
    else log.info({ other, milliseconds }, 'the clocks agree again');
  };
}

/** Which clock ours was compared with. */
export type OtherClock = 'platform' | 'slack';

export interface ClockTrouble {
  readonly code: 'clock-off';
  readonly problem: string;
  readonly advice: string;
}

const LOSS: Readonly<Record<OtherClock, string>> = {
  platform: 'ages and “stalled” are wrong by as much',
  slack: 'beyond 5 minutes Slack’s requests are refused as too old',
};
const NAMES: Readonly<Record<OtherClock, string>> = { platform: 'the platform’s', slack: 'Slack’s' };

/** What it means that our clock is so far ahead of another (behind, where negative); null: nothing. */
export function clockTrouble(other: OtherClock, ahead: number): ClockTrouble | null {
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) return null;
  const direction = ahead > 0 ? 'ahead of' : 'behind';
  return {
    code: 'clock-off',
    problem: `The clock of this machine is ${formatDuration(Math.abs(ahead))} ${direction} ${NAMES[other]}: ${LOSS[other]}.`,
    advice: 'Set the clock by NTP; if it is right here, tell the operator of the other side.',
  };
}
