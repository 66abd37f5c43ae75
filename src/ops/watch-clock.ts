import type { Logger } from 'pino';
import { clockTrouble, type OtherClock } from './clock-trouble.ts';

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
