/** What we and a proxy could read differently: a step up, plain or encoded, `\` for `/`, an empty segment. */
const AMBIGUOUS = /\.\.|%2e|%2f|%5c|\\|\/\//i;

/**
 * The path of a request as sent, without its query. Null if a proxy that passes only some paths could take it for a
 * different one. It is never decoded or normalised: paths are compared to the letter.
 */
export function pathOf(target: string): string | null {
  const [path = ''] = target.split('?', 1);
  return path.startsWith('/') && !AMBIGUOUS.test(path) ? path : null;
}
