import type { KnownStatus, KnownType } from '../../core/task/task.ts';

/**
 * What the platform calls what we call otherwise.
 *
 * Platform facts: iot_06_0080 to iot_06_0082. A device is `fail` where a task is `failed`; the type is `operateType` in
 * answers and `operationType` in queries.
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

/** Ours for a word of the platform's; `unknown` for any that is not documented. */
export const taskStatus = translator(TASK_WORDS);
export const deviceStatus = translator(DEVICE_WORDS);
export const taskType = translator(TYPE_WORDS);

function translator<Ours extends string>(words: Readonly<Record<Ours, string>>) {
  // Made of the keys of `words`, which are all of this type.
  const ours = new Map(Object.entries(words).map(([our, word]) => [word, our as Ours]));
  return (word: string | null): Ours | 'unknown' => (word === null ? undefined : ours.get(word)) ?? 'unknown';
}
