import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { checkCertificates } from './check/check-certificates.ts';
import type { CheckLine } from './check/check-line.ts';
import { checkPlatform } from './check/check-platform.ts';
import { checkSchedule } from './check/check-schedule.ts';
import { checkSlack } from './check/check-slack.ts';
import { checkStore } from './check/check-store.ts';

export type { CheckLine } from './check/check-line.ts';

/** Checks every dependency once and reports on each. Posts nothing and records no task. */
export async function checkAll(config: Config, log: Logger): Promise<readonly CheckLine[]> {
  const store = await checkStore(config);
  try {
    return [
      { ok: true, text: 'settings: complete' },
      ...(await checkPlatform(config, store.shared)),
      ...(await checkCertificates(config, Date.now())),
      ...(await checkSlack(config, log, store.shared)),
      store.line,
      checkSchedule(config, Date.now()),
    ];
  } finally {
    await store.close();
  }
}
