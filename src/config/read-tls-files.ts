import { readFileSync } from 'node:fs';

/** Reads the files of the TLS settings. An unreadable file is a problem that names its setting. */
export function readTlsFiles(env: Readonly<Record<string, string | undefined>>, problems: string[]) {
  if (Boolean(env.IOT_CERT_FILE) !== Boolean(env.IOT_KEY_FILE)) {
    const missing = env.IOT_CERT_FILE ? 'IOT_KEY_FILE' : 'IOT_CERT_FILE';
    problems.push(`${missing} is missing: a client certificate and its key are set together`);
  }
  const read = (name: string) => {
    const path = env[name];
    if (!path) return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      const code =
        typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
      problems.push(`${name} cannot be read (${code}): check the path and its permissions`);
      return undefined;
    }
  };
  const [ca, cert, key] = [read('IOT_CA_FILE'), read('IOT_CERT_FILE'), read('IOT_KEY_FILE')];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
