import type { TlsFailure } from './tls-error.ts';

const BY_CODE: ReadonlyMap<string, TlsFailure> = new Map(
  Object.entries<TlsFailure>({
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
    UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
    SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-authority',
    CERT_UNTRUSTED: 'unknown-authority',
    INVALID_CA: 'unknown-authority',
    CERT_SIGNATURE_FAILURE: 'unknown-authority',
    CERT_HAS_EXPIRED: 'expired',
    CERT_NOT_YET_VALID: 'not-yet-valid',
    ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
    HOSTNAME_MISMATCH: 'wrong-name',
    ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
    ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
    ERR_SSL_UNSUPPORTED_PROTOCOL: 'unsupported-protocol',
    ERR_SSL_NO_PROTOCOLS_AVAILABLE: 'unsupported-protocol',
    ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'unsupported-protocol',
    ERR_SSL_DH_KEY_TOO_SMALL: 'unsupported-protocol',
  }),
);

const CERTIFICATE_ALERT =
  /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)/;

/**
 * What a failed connection means for TLS, or null when it is no matter of TLS. An alert about a certificate comes from
 * the other side and is therefore about ours.
 */
export function tlsFailureOf(
  failure: { readonly code: string; readonly message: string },
  hasClientCertificate: boolean,
): TlsFailure | null {
  const known = BY_CODE.get(failure.code);
  if (known !== undefined) return known;
  if (/ALERT_CERTIFICATE_REQUIRED/.test(failure.code)) return 'client-certificate-required';
  if (CERTIFICATE_ALERT.test(failure.code)) {
    return hasClientCertificate ? 'client-certificate-rejected' : 'client-certificate-required';
  }
  if (/before secure TLS connection was established/.test(failure.message)) return 'handshake-cut';
  if (/^ERR_OSSL_/.test(failure.code)) return 'unusable-files';
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_)/.test(failure.code)) return 'other';
  return null;
}
