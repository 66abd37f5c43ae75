/**
 * Whether an id given by a person may become part of a path: 1 to 256 letters, digits, `.`, `_`, `:` or `-`, and not `.`
 * or `..`, which URL parsers remove from a path together with its neighbour. Ids that the platform itself sends are not
 * held to this: they are kept as they are.
 */
export function isSafeId(id: string): boolean {
  return /^[A-Za-z0-9._:-]{1,256}$/.test(id) && id !== '.' && id !== '..';
}
