import type { CallName } from './server/call-log.ts';
import type { TimesAs } from './server/wire-time.ts';

/** What `betweenPages` is told about the page that was just read. */
export interface PageAnswered {
  readonly call: CallName;
  readonly query: Readonly<Record<string, string>>;
  /** Null when the caller left it out. */
  readonly pageNo: number | null;
  readonly rows: number;
  readonly total: number;
}

/**
 * Every point on which the documents are silent or contradict each other, as a switch. All may be changed while the
 * platform runs.
 */
export interface Behaviour {
  // Logging in
  expiresInSeconds: number;
  expiresInAs: 'number' | 'string';
  tokenType: 'bearer' | 'Bearer';
  refreshLifeSeconds: number;
  wrongSecretStatus: 401 | 403;
  /** The application is frozen: login and refresh answer 400 100247. */
  frozen: boolean;
  /** Login and refresh answer 500 50252. */
  loginBroken: boolean;
  /** `fighting`: another program takes the token again after each login of ours. */
  anotherProgram: 'away' | 'fighting';
  /** How many calls our token lasts in a fight. */
  fightAfterCalls: number;

  // Flow control
  /** Null: no limit. */
  callsPerMinute: number | null;
  window: 'sliding' | 'fixed';
  loginCounts: boolean;

  /** How far the platform's own clock, as it stands in its `Date` headers, is ahead. */
  dateAheadSeconds: number;

  // Errors
  /** `mixed`: services answer in shape A (`error_code`), the gateway in shape B (`resultcode`). */
  errorShape: 'mixed' | 'a' | 'b';
  /** Errors of the device look-up come under HTTP 200, as older editions do. */
  deviceErrorsUnder200: boolean;

  // Lists
  order: 'newest' | 'oldest' | 'shuffled';
  /** `too-small`: a `totalCount` that claims one row at the most. */
  total: 'totalCount' | 'totalSize' | 'absent' | 'too-small';
  withoutPageNo: 'first-page' | 'everything';
  beyondTheEnd: 'empty' | 'error';
  /** A page number above this is 400 123029. Null: no limit. */
  maxPageNo: number | null;
  /** How `deviceType`, `model` and `manufacturerName` compare. */
  textMatch: 'exact' | 'contains';
  /** Whether `deviceId` also finds tasks aimed at a group holding the device. */
  deviceFilterFindsGroups: boolean;
  /** Called when the answer to a list page is made and before it is sent, so that the next page sees a changed fleet. */
  betweenPages?: ((page: PageAnswered) => void) | undefined;

  // Tasks as sent
  nullsAs: 'null' | 'missing';
  timesAs: TimesAs;
  countersAs: 'number' | 'string';
  retryTypeAs: 'boolean' | 'string';
  /** Whether `fail` includes the devices that `timeout` counts. */
  timeoutInsideFail: boolean;

  // Task life
  /** What becomes of a task with some failed and some updated devices. */
  mixedResult: 'failed' | 'success';
}

/** The platform as its documents describe it, with the likeliest reading where they do not. */
export function documentedBehaviour(): Behaviour {
  return {
    expiresInSeconds: 3600,
    expiresInAs: 'number',
    tokenType: 'bearer',
    refreshLifeSeconds: 24 * 3600,
    wrongSecretStatus: 401,
    frozen: false,
    loginBroken: false,
    anotherProgram: 'away',
    fightAfterCalls: 0,
    callsPerMinute: 100,
    window: 'sliding',
    loginCounts: true,
    dateAheadSeconds: 0,
    errorShape: 'mixed',
    deviceErrorsUnder200: false,
    order: 'newest',
    total: 'totalCount',
    withoutPageNo: 'first-page',
    beyondTheEnd: 'empty',
    maxPageNo: null,
    textMatch: 'exact',
    deviceFilterFindsGroups: true,
    nullsAs: 'null',
    timesAs: 'utc',
    countersAs: 'number',
    retryTypeAs: 'boolean',
    timeoutInsideFail: false,
    mixedResult: 'failed',
  };
}
