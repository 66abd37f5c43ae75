import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MEMORY_DISK } from '../store/memory-disk.ts';

/** Lends a folder of its own to this work. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(MEMORY_DISK, 'upgrades-crash-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
