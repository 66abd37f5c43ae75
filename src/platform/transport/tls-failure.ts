import { OperationalError } from '../../lib/operational-error.ts';

export type TlsFailure =
  | 'unknown-authority'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'client-certificate-required'
  | 'client-certificate-rejected'
  | 'handshake-cut'
  | 'not-tls'
  | 'unsupported-protocol'
  | 'unusable-files'
  | 'other';

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
 * The TLS meaning of a failed connection; null if TLS is not the cause. A certificate alert is sent by the
 * other side, so it concerns our certificate.
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

const SENTENCES: Record<TlsFailure, readonly [message: string, advice: string]> = {
  'unknown-authority': [
    'The certificate of the platform was issued by an authority this machine does not know.',
    'Put the certificate of the issuing authority (PEM, with all intermediate ones) into the file of IOT_CA_FILE.',
  ],
  expired: [
    'The certificate of the platform, or of its issuer, has expired.',
    'Tell the platform operator to renew it, and check the clock of this machine.',
  ],
  'not-yet-valid': [
    'The certificate of the platform is not valid yet.',
    'Check the clock of this machine; if it is right, tell the platform operator.',
  ],
  'wrong-name': [
    'The certificate of the platform was made for another host name than the one called.',
    'Set IOT_SERVER_NAME to the name in the certificate, after making sure that it is the right platform.',
  ],
  'client-certificate-required': [
    'The platform demands a client certificate and none is set.',
    'Set IOT_CERT_FILE and IOT_KEY_FILE to the certificate and key the platform operator accepts.',
  ],
  'client-certificate-rejected': [
    'The platform does not accept the client certificate.',
    'Check that IOT_CERT_FILE has not expired and was issued by an authority the platform trusts.',
  ],
  'handshake-cut': [
    'The connection was broken off before it was secured.',
    'Check the port in IOT_BASE_URL, and whether the platform demands another client certificate or a firewall cuts in.',
  ],
  'not-tls': [
    'The other side does not speak TLS on this port.',
    'Check the port in IOT_BASE_URL; the documented example is 8743.',
  ],
  'unsupported-protocol': [
    'The platform and this machine have no TLS version or cipher in common.',
    'Ask the platform operator to offer TLS 1.2 or newer.',
  ],
  'unusable-files': [
    'The certificate, key or authority file cannot be used.',
    'Check that IOT_CA_FILE, IOT_CERT_FILE and IOT_KEY_FILE are PEM, that key and certificate belong together, and IOT_KEY_PASSPHRASE.',
  ],
  other: [
    'No secure connection to the platform could be made.',
    'Look at the cause in the log, and check IOT_BASE_URL and the TLS settings.',
  ],
};

/** No secure connection, so nothing was sent. Verification is never disabled to work around it. */
export function tlsError(failure: TlsFailure, cause?: unknown): OperationalError {
  const [message, advice] = SENTENCES[failure];
  return new OperationalError(message, { code: `tls-${failure}`, advice, repeat: 'never-sent', cause });
}
