import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as der from './der.ts';

/** A certificate with its private key, both in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of one's own, as private deployments of the platform have. */
export interface Authority {
  /** What a client must trust, in PEM. */
  readonly cert: string;
  /** Certifies a server (by host names and IPv4 addresses) or a client (no names needed). */
  issue(commonName: string, names?: readonly string[]): Identity;
}

const DAY = 86_400_000;
const ECDSA_SHA256 = der.sequence(der.objectId('1.2.840.10045.4.3.2'));

/**
 * Makes an authority with a fresh key. Certificates are made when needed and never kept in the repository: a stored one
 * expires, and a stored key looks like a leak.
 */
export function makeAuthority(commonName: string, now: number): Authority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = extension('2.5.29.19', true, der.sequence(der.yes()));
  const certify = (subject: string, publicKey: KeyObject, extensions: readonly Buffer[]) => {
    const body = der.sequence(
      der.tagged(0xa0, der.tagged(0x02, Buffer.from([2]))),
      der.integer(randomBytes(8)),
      ECDSA_SHA256,
      nameOf(commonName),
      der.sequence(der.generalizedTime(now - DAY), der.generalizedTime(now + 30 * DAY)),
      nameOf(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      ...(extensions.length === 0 ? [] : [der.tagged(0xa3, der.sequence(...extensions))]),
    );
    const signature = sign('sha256', body, authority.privateKey);
    return pem(der.sequence(body, ECDSA_SHA256, der.bits(signature)));
  };
  return {
    cert: certify(commonName, authority.publicKey, [isAuthority]),
    issue(subject, names = []) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const alternatives = names.length === 0 ? [] : [extension('2.5.29.17', false, alternativeNames(names))];
      return { cert: certify(subject, pair.publicKey, alternatives), key: keyPem(pair.privateKey) };
    },
  };
}

function nameOf(commonName: string): Buffer {
  return der.sequence(der.setOf(der.sequence(der.objectId('2.5.4.3'), der.text(commonName))));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(der.objectId(id), ...(critical ? [der.yes()] : []), der.octets(value));
}

function alternativeNames(names: readonly string[]): Buffer {
  return der.sequence(
    ...names.map((name) =>
      isIPv4(name)
        ? der.tagged(0x87, Buffer.from(name.split('.').map(Number)))
        : der.tagged(0x82, Buffer.from(name, 'ascii')),
    ),
  );
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
