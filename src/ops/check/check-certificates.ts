import { X509Certificate } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Instant } from '../../lib/instant.ts';
import { readServerCertificate } from '../../platform/transport/read-server-certificate.ts';
import type { CheckLine } from './check-line.ts';

/** Warn when a certificate has less than this left, in milliseconds: a renewal can take weeks. */
const SOON = 30 * 86_400_000;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Reports our certificates and the platform's if they have expired or will soon. Others get no line. */
export async function checkCertificates(
  { platform }: Pick<Config, 'platform'>,
  now: Instant,
): Promise<readonly CheckLine[]> {
  const { ca, cert } = platform.tls;
  const server = await readServerCertificate(platform);
  return [
    ...ends(
      'the certificate in IOT_CERT_FILE',
      firstOf(cert),
      now,
      'Have the platform operator issue a new one.',
    ),
    ...allOf(ca).flatMap((one) =>
      ends(
        `the authority ${nameOf(one)} in IOT_CA_FILE`,
        one,
        now,
        'Ask the platform operator for its successor, and put both into the file.',
      ),
    ),
    ...ends('the certificate of the platform', server, now, 'Tell the platform operator to renew it.'),
  ];
}

function ends(
  what: string,
  certificate: X509Certificate | null,
  now: Instant,
  advice: string,
): readonly CheckLine[] {
  if (certificate === null) return [];
  const left = certificate.validToDate.getTime() - now;
  if (left > SOON) return [];
  const day = certificate.validToDate.toISOString().slice(0, 10);
  return left <= 0
    ? [{ ok: false, text: `tls: ${what} ended on ${day}. ${advice}` }]
    : [{ ok: true, text: `tls: ${what} ends in ${formatDuration(left)}, on ${day}. ${advice}` }];
}

/** The file starts with our own certificate; its intermediates follow. */
function firstOf(pem: Buffer | undefined): X509Certificate | null {
  return allOf(pem)[0] ?? null;
}

function allOf(pem: Buffer | undefined): readonly X509Certificate[] {
  const blocks = pem?.toString('latin1').match(PEM) ?? [];
  // Unusable files are already reported by the platform check, so skip them here.
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.+)$/m.exec(subject)?.[1] ?? 'without a name';
}
