import { X509Certificate } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Instant } from '../../lib/instant.ts';
import { readServerCertificate } from '../../platform/transport/read-server-certificate.ts';
import type { CheckLine } from './check-line.ts';

/** Below that much life a certificate is worth a word: whoever renews it may need weeks. */
const SOON = 30 * 86_400_000;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** What of our certificates and of the platform's has ended or ends soon. Those that last are not worth a line. */
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

/** A file holds our certificate first and those that certify it below. */
function firstOf(pem: Buffer | undefined): X509Certificate | null {
  return allOf(pem)[0] ?? null;
}

function allOf(pem: Buffer | undefined): readonly X509Certificate[] {
  const blocks = pem?.toString('latin1').match(PEM) ?? [];
  // Files that cannot be used are the platform's line; here they are simply not spoken of.
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
