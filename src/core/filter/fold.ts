import { LOOK_ALIKES } from '../../lib/look-alikes.ts';

/** Invisible characters: format characters, and those that render as nothing by default. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Equivalent characters that keyboards, autocorrection or the bot's own screens substitute for each other. */
const TWINS: readonly (readonly [RegExp | string, string])[] = [
  ...[...LOOK_ALIKES].map(([sign, shown]) => [shown, sign] as const),
  [/[\u201c-\u201f\u2033\u301d-\u301f\u00ab\u00bb]/g, '"'],
  [/[\u2018-\u201b\u2032\u02bc\u2039\u203a`]/g, "'"],
  [/[\p{Pd}\u2212]/gu, '-'],
];

/**
 * Folds a name for comparison. Ignores case, full width, composition (NFKC), the style of quotation marks and
 * dashes, the width of white space, and invisible characters. Idempotent.
 */
export function fold(name: string): string {
  const seen = withTwins(withTwins(name).normalize('NFKD')).replaceAll(INVISIBLE, '');
  // Through upper case and back, so that `ß` becomes `ss` and every form of sigma is the same.
  const small = seen.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  return withTwins(small).replaceAll(/\s+/g, ' ').trim();
}

function withTwins(text: string): string {
  return TWINS.reduce((changed, [signs, twin]) => changed.replaceAll(signs, twin), text);
}

/**
 * Whether two names fold to the same one. Every change is checked against every filter of every channel, so most
 * pairs are decided without folding: they differ only in ASCII case, or at a plain character.
 */
export function sameName(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && at < other.length && smallAt(one, at) === smallAt(other, at)) at += 1;
  if (at === one.length && at === other.length) return true;
  if (standsAlone(one, at) && standsAlone(other, at)) return false;
  return fold(one) === fold(other);
}

/** Code of the character, lower case for ASCII; -1 past the end. */
function smallAt(name: string, at: number): number {
  if (at >= name.length) return -1;
  const code = name.charCodeAt(at);
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

/** Whether folding leaves this character as it is in any context: it is plain, and no combining accent follows. */
function standsAlone(name: string, at: number): boolean {
  return isPlain(smallAt(name, at)) && isPlain(smallAt(name, at + 1));
}

/** Past the end, ASCII digits and letters, and unified ideographs, which never fold into one another. */
function isPlain(code: number): boolean {
  if (code > 0x7a) return code >= 0x4e00 && code <= 0x9fff;
  return code === -1 || (code >= 0x30 && code <= 0x39) || code >= 0x61;
}
