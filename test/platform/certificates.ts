import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A private authority, which can then issue certificates. */
export async function makeAuthority(name: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A certificate for a host name or IP address (or for a client), valid now unless other times are given. */
export async function issue(
  authority: Certificate,
  name: string,
  options: { from?: string; until?: string; passphrase?: string } = {},
): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.key, cert: authority.cert },
    notBeforeDate: options.from === undefined ? undefined : new Date(options.from),
    notAfterDate: options.until === undefined ? undefined : new Date(options.until),
    passphrase: options.passphrase,
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [/^[\d.]+$/.test(name) ? { type: 7, ip: name } : { type: 2, value: name }],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
