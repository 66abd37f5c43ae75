import type { Logger } from '@slack/web-api';
import { LogLevel } from '@slack/web-api';

/** Says nothing: these tests provoke errors the clients would print. */
export function quietLogger(): Logger {
  const nothing = () => {};
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    getLevel: () => LogLevel.ERROR,
    setName: nothing,
  };
}
