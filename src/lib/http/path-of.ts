/** What a proxy and we could read differently: a way up, written plainly or encoded, `\` for `/`, an empty part. */
const AMBIGUOUS = /\.\.|%2e|%2f|%5c|\\|\/\//i;

/**
 * The path of a request as it was sent, without its query; null where a proxy that lets only some paths through could
 * take it for another one than we would. It is never decoded or tidied up: paths are compared to the letter.
 */
export function pathOf(target: string): string | null {
  const [path = ''] = target.split('?', 1);
  return path.startsWith('/') && !AMBIGUOUS.test(path) ? path : null;
}
