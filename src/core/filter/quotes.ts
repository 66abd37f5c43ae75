/**
 * Quotation marks by kind: any mark of a kind closes a quotation opened by the same kind. The usual mark comes
 * first.
 */
const KINDS = ['"“”„‟〝〞〟', "'‘’‚‛", '»«‹›', '」「『』﹁﹂'].map((marks) => new Set(marks));
/**
 * Marks of this kind quote anywhere. The others can be part of a name (`O’Neill`), so they only quote whole
 * values.
 */
const [ANYWHERE] = KINDS;

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const LETTER = /[\p{L}\p{N}]/u;
/** A mention as Slack writes it into a command: `<!subteam^S0123ABC|@night shift>`. The name is only for people. */
const MENTION = /<([@!#][^<>|\s,"]*)\|[^<>]*>/y;

/** One character of a line, as read. */
export interface Sign {
  /** Empty for a quotation mark. */
  readonly character: string;
  /** Whether it was quoted and so is taken literally. */
  readonly quoted: boolean;
  /** Start and end in the typed text. */
  readonly at: number;
  readonly end: number;
}

export interface Signs {
  readonly signs: readonly Sign[];
  /** Start of an unclosed quotation, and the mark that would close it; null if there is none. */
  readonly unclosed: { readonly at: number; readonly closing: string } | null;
}

/**
 * The characters of a line, each marked as quoted or not. Unquoted text is read as if typed on a plain keyboard:
 * full-width characters and all kinds of spaces become ASCII, and invisible characters are dropped. Mentions lose
 * their names.
 */
export function readSigns(line: string): Signs {
  const signs: Sign[] = [];
  let kind: ReadonlySet<string> | null = null;
  let opened = 0;
  for (let at = 0, end = 0; at < line.length; at = end) {
    const typed = characterAt(line, at);
    const character = twin(typed);
    end = at + typed.length;
    if (kind === null) {
      const mention = mentionAt(line, at);
      if (mention !== null) {
        end = at + mention.length;
        signs.push(...[...mention.text].map((one) => ({ character: one, quoted: false, at, end })));
      } else if (opens(character, signs)) {
        kind = kindOf(character);
        opened = at;
        signs.push({ character: '', quoted: true, at, end });
      } else if (!INVISIBLE.test(typed)) signs.push({ character, quoted: false, at, end });
    } else if (typed === '\\' && isEscapable(line[end])) {
      end += 1;
      signs.push({ character: line[end - 1] ?? '', quoted: true, at, end });
    } else if (kind.has(character) && (kind === ANYWHERE || !LETTER.test(characterAt(line, end)))) {
      kind = null;
      signs.push({ character: '', quoted: true, at, end });
    } else signs.push({ character: typed, quoted: true, at, end });
  }
  const [closing = ''] = kind ?? [];
  return { signs, unclosed: kind === null ? null : { at: opened, closing } };
}

/** A value in quotation marks, as `readSigns` reads it back. */
export function quote(value: string): string {
  const escaped = [...value].map((one) => (one === '\\' || ANYWHERE?.has(twin(one)) ? `\\${one}` : one));
  return `"${escaped.join('')}"`;
}

/** Whether a value would change if it were read without quotation marks. */
export function needsQuotes(value: string): boolean {
  return (
    value.includes('\\') ||
    readSigns(value)
      .signs.map(({ character }) => character)
      .join('') !== value
  );
}

function opens(character: string, before: readonly Sign[]): boolean {
  const kind = kindOf(character);
  const last = before.at(-1);
  return kind !== null && (kind === ANYWHERE || last === undefined || /[\s,:([{-]/.test(last.character));
}

function kindOf(character: string): ReadonlySet<string> | null {
  return KINDS.find((marks) => marks.has(character)) ?? null;
}

function isEscapable(character: string | undefined): boolean {
  return character !== undefined && (character === '\\' || kindOf(twin(character)) !== null);
}

function mentionAt(line: string, at: number): { readonly text: string; readonly length: number } | null {
  MENTION.lastIndex = at;
  const [whole, target] = MENTION.exec(line) ?? [];
  return whole === undefined ? null : { text: `<${target}>`, length: whole.length };
}

function characterAt(line: string, at: number): string {
  const code = line.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The ASCII equivalent of a character, or the character itself. */
function twin(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return /\p{Zs}/u.test(character) ? ' ' : character;
}
