/**
 * Whether an id given by a person may become part of a path: 1 to 256 letters, digits, `.`, `_`, `:` or `-`, but
 * not `.` or `..`, which URL parsers remove (`..` along with its neighbour). Ids sent by the platform are kept as
 * they are.
 */
export function isSafeId(id: string): boolean {
  return /^[A-Za-z0-9._:-]{1,256}$/.test(id) && id !== '.' && id !== '..';
}
