import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Remembers the keys that were derived from passwords. Every start of a bot derives the same one, which is slow on
 * purpose: thousands of starts in one process would spend a sixth of their time on it.
 */
export function rememberKeys(): void {
  const derive = crypto.scryptSync;
  const keys = new Map<string, ReturnType<typeof derive>>();
  crypto.scryptSync = (password, salt, length, options) => {
    const name = JSON.stringify([String(password), String(salt), length, options]);
    const key = keys.get(name) ?? derive(password, salt, length, options);
    keys.set(name, key);
    return key;
  };
  syncBuiltinESMExports();
}
