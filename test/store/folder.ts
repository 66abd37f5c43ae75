import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MEMORY_DISK } from './memory-disk.ts';

export interface Folder {
  readonly path: string;
  in(name: string): string;
  [Symbol.dispose](): void;
}

/** An empty folder that is gone again at the end of the test. */
export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(MEMORY_DISK, 'upgrades-store-'));
  return {
    path,
    in: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
