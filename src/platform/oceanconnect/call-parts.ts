import type { Transport } from '../transport/transport.ts';

/** What each of the calls needs. */
export interface CallParts {
  /** Sends the token along and repeats the call once when it had to be renewed. */
  readonly send: Transport;
  /** Told in words what could not be read of an answer. */
  readonly onUnreadable: (what: string) => void;
}
