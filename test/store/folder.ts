import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Folder {
  readonly path: string;
  in(name: string): string;
  [Symbol.dispose](): void;
}

/** An empty folder that is gone again at the end of the test. */
export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'upgrades-store-'));
  return {
    path,
    in: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
