import { LOOK_ALIKES } from '../../lib/look-alikes.ts';

/** Signs nobody sees: format characters, and whatever shows as nothing where a program has no use for it. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Signs of one meaning that a keyboard, its autocorrection or the bot's own screens put in each other's place. */
const TWINS: readonly (readonly [RegExp | string, string])[] = [
  ...[...LOOK_ALIKES].map(([sign, shown]) => [shown, sign] as const),
  [/[\u201c-\u201f\u2033\u301d-\u301f\u00ab\u00bb]/g, '"'],
  [/[\u2018-\u201b\u2032\u02bc\u2039\u203a`]/g, "'"],
  [/[\p{Pd}\u2212]/gu, '-'],
];

/**
 * A name in the form in which names are compared. It makes no difference whether letters are large or small, of full
 * width, composed or not (NFKC), which quotation marks and dashes there are, how wide a blank is, and what cannot be
 * seen. A folded name folds to itself.
 */
export function fold(name: string): string {
  const seen = withTwins(withTwins(name).normalize('NFKD')).replaceAll(INVISIBLE, '');
  // Through capitals and back, so that `ß` is `ss` and a sigma is a sigma wherever it stands.
  const small = seen.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  return withTwins(small).replaceAll(/\s+/g, ' ').trim();
}

function withTwins(text: string): string {
  return TWINS.reduce((changed, [signs, twin]) => changed.replaceAll(signs, twin), text);
}

/**
 * Whether people would call two names the same: whether they fold to one. Each change of a task is held against every
 * filter of every channel, so most pairs are told apart, or found equal but for capitals, at their first other sign.
 */
export function sameName(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && at < other.length && smallAt(one, at) === smallAt(other, at)) at += 1;
  if (at === one.length && at === other.length) return true;
  if (standsAlone(one, at) && standsAlone(other, at)) return false;
  return fold(one) === fold(other);
}

/** The code of a sign, or -1 beyond the end; small letters for the capitals of ASCII. */
function smallAt(name: string, at: number): number {
  if (at >= name.length) return -1;
  const code = name.charCodeAt(at);
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

/** Whether folding leaves a sign where it is, whatever stands around it: no blank, and no accent to come. */
function standsAlone(name: string, at: number): boolean {
  return isPlain(smallAt(name, at)) && isPlain(smallAt(name, at + 1));
}

/** The end of a name, digits, letters of ASCII, and unified ideographs, of which none is another one. */
function isPlain(code: number): boolean {
  if (code > 0x7a) return code >= 0x4e00 && code <= 0x9fff;
  return code === -1 || (code >= 0x30 && code <= 0x39) || code >= 0x61;
}
