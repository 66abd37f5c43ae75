const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Whether the host of a URL is this machine. */
export const isLoopback = (host: string) => LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);

/** What is wrong with a URL from the settings, or null. */
export function checkUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be a URL such as `https://host:8743`';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must begin with `https://` (plain `http://` is for loopback addresses only)';
  }
  if (url.username || url.password) return 'must not hold a user or password';
  return null;
}
