import type { KnownStatus, KnownType } from '../../core/task/task.ts';

/**
 * The platform's names for our statuses and types.
 *
 * Platform facts: iot_06_0080 to iot_06_0082. A failed device is `fail`, a failed task `failed`. The type is
 * `operateType` in answers and `operationType` in queries.
 */
export const TASK_WORDS: Readonly<Record<KnownStatus, string>> = {
  waiting: 'wait',
  running: 'processing',
  failed: 'failed',
  succeeded: 'success',
  stopped: 'stop',
};

export const DEVICE_WORDS: Readonly<Record<KnownStatus, string>> = { ...TASK_WORDS, failed: 'fail' };

export const TYPE_WORDS: Readonly<Record<KnownType, string>> = {
  firmware: 'firmware_upgrade',
  software: 'software_upgrade',
};

/** Translates a platform word into ours; undocumented words become `unknown`. */
export const taskStatus = translator(TASK_WORDS);
export const deviceStatus = translator(DEVICE_WORDS);
export const taskType = translator(TYPE_WORDS);

function translator<Ours extends string>(words: Readonly<Record<Ours, string>>) {
  // The keys come from `words`, so they all have this type.
  const ours = new Map(Object.entries(words).map(([our, word]) => [word, our as Ours]));
  return (word: string | null): Ours | 'unknown' => (word === null ? undefined : ours.get(word)) ?? 'unknown';
}
