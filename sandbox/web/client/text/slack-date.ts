/** Where and when a date is read. */
export interface Reading {
  /** IANA name of the reader's zone. */
  readonly zone: string;
  readonly now: number;
}

const DAY = 86_400_000;

/** A Slack date (`<!date^seconds^format|…>`) as its reader sees it. Unknown tokens stay as they are. */
export function slackDate(seconds: number, format: string, reading: Reading): string {
  const at = seconds * 1000;
  return format.replaceAll(
    /\{([a-z_]+)\}/g,
    (whole: string, token: string) => TOKENS[token]?.(at, reading) ?? whole,
  );
}

type Token = (at: number, reading: Reading) => string;

const TOKENS: Readonly<Record<string, Token>> = {
  date_num: (at, { zone }) => isoDay(at, zone),
  date: long,
  date_short: short,
  date_long: weekday,
  date_pretty: (at, reading) => nearDay(at, reading) ?? long(at, reading),
  date_short_pretty: (at, reading) => nearDay(at, reading) ?? short(at, reading),
  date_long_pretty: (at, reading) => nearDay(at, reading) ?? weekday(at, reading),
  time: (at, { zone }) => clock(at, zone),
  time_secs: (at, { zone }) => clock(at, zone, true),
  ago: (at, { now }) => ago(now - at),
};

/** Hours and minutes, such as `06:39`. */
export function clock(at: number, zone: string, seconds = false): string {
  return shape(at, zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds && { second: '2-digit' }),
  });
}

/** The day as `2024-03-11`. */
export function isoDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

/** `today`, `yesterday`, `tomorrow`, or null for any other day. */
export function nearDay(at: number, { zone, now }: Reading): string | null {
  const day = isoDay(at, zone);
  if (day === isoDay(now, zone)) return 'today';
  if (day === isoDay(now - DAY, zone)) return 'yesterday';
  return day === isoDay(now + DAY, zone) ? 'tomorrow' : null;
}

function short(at: number, { zone }: Reading): string {
  return shape(at, zone, { month: 'short', day: 'numeric', year: 'numeric' });
}

function long(at: number, { zone }: Reading): string {
  return shape(at, zone, { month: 'long', day: 'numeric', year: 'numeric' });
}

function weekday(at: number, { zone }: Reading): string {
  return shape(at, zone, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
}

function shape(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(at);
}

function ago(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 1_440
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1_440), 'day'];
  const length = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return milliseconds < 0 ? `in ${length}` : `${length} ago`;
}
