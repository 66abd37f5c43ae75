import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Derives a key from a secret in the settings, one for each purpose. Slow on purpose: call it once. */
export function keyFrom(secret: string, purpose: string): Buffer {
  return scryptSync(secret, `upgrades-bot ${purpose}`, KEY_BYTES);
}

/**
 * Encrypts a text for the store: without the settings, the store reveals nothing. `about` names its row; the
 * text cannot be decrypted for another row, so rows cannot be swapped.
 */
export function seal(text: string, key: Buffer, about = ''): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The decrypted text; null if it cannot be read: another secret, another row, or damage. */
export function unseal(value: string, key: Buffer, about = ''): string | null {
  try {
    const bytes = Buffer.from(value, 'base64');
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(text).toString('utf8');
  } catch {
    return null;
  }
}
