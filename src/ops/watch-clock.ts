import type { Logger } from 'pino';
import { formatDuration } from '../lib/duration.ts';
import { CLOCK_TOLERANCE } from '../lib/wait.ts';

/** Compares our clock with another at every call. Logs when they diverge and when they agree again, once each. */
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

/** The clock ours is compared with. */
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

/** The consequence of our clock being this many milliseconds ahead (negative: behind); null within tolerance. */
export function clockTrouble(other: OtherClock, ahead: number): ClockTrouble | null {
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) return null;
  const direction = ahead > 0 ? 'ahead of' : 'behind';
  return {
    code: 'clock-off',
    problem: `The clock of this machine is ${formatDuration(Math.abs(ahead))} ${direction} ${NAMES[other]}: ${LOSS[other]}.`,
    advice: 'Set the clock by NTP; if it is right here, tell the operator of the other side.',
  };
}
