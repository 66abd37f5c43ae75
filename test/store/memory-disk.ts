import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where stores of tests go: in memory where that can be. Thousands are written, none is kept, no disk needs to hear of it. */
export const MEMORY_DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
