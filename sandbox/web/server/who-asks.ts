/** What a request says of where it comes from. */
export interface Asking {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which browsers send and pages cannot set. */
  readonly site: string | undefined;
}

/** Names this machine gives itself. Any other name that leads here is somebody else's (DNS rebinding). */
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a request comes from the page itself. A server on loopback is open to every site the browser visits: they may
 * post to it blindly, and with a name of theirs that points to 127.0.0.1 even read it.
 */
export function whoAsks(
  asking: Asking,
  port: number,
  does: 'reads' | 'acts',
): 'page' | 'other-host' | 'other-site' {
  if (!OWN_NAMES.some((name) => asking.host === `${name}:${port}`)) return 'other-host';
  const own = asking.origin === `http://${asking.host}`;
  if (asking.origin !== undefined && !own) return 'other-site';
  if (asking.site !== undefined && asking.site !== 'same-origin' && asking.site !== 'none')
    return does === 'acts' || asking.site === 'cross-site' ? 'other-site' : 'page';
  // Browsers name the origin with every POST; what does not is no page.
  return does === 'acts' && !own ? 'other-site' : 'page';
}
