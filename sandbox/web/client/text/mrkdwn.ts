import { type InlineElement, readEntity, type TextStyle } from './mrkdwn-entity.ts';

export type { InlineElement, TextStyle } from './mrkdwn-entity.ts';

/** A piece of mrkdwn as the renderer's rich text takes it. */
export type RichPiece = {
  readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted';
  readonly elements: readonly InlineElement[];
};

/**
 * Slack's mrkdwn as rich text. The renderer reads mrkdwn as if it were Markdown (it takes `verbatim` for "no
 * formatting", adds spaces after escaped characters and drops what looks like HTML), but draws rich text well.
 */
export function mrkdwn(text: string, verbatim = false): readonly RichPiece[] {
  return text
    .split(/\n?```\n?([\s\S]+?)\n?```\n?/)
    .flatMap((part, index): readonly RichPiece[] =>
      index % 2 === 1
        ? [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescaped(part) }] }]
        : lines(part, verbatim),
    );
}

const QUOTE = /^(?:&gt;|[>\uff1e]) ?/;

/** Lines in a row that are quoted, or that are not, make one piece. */
function lines(text: string, verbatim: boolean): readonly RichPiece[] {
  if (text === '') return [];
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = QUOTE.test(line);
    const run = runs.at(-1);
    if (run?.quoted === quoted) run.lines.push(line.replace(quoted ? QUOTE : '', ''));
    else runs.push({ quoted, lines: [line.replace(quoted ? QUOTE : '', '')] });
  }
  return runs.map((run) => ({
    type: run.quoted ? 'rich_text_quote' : 'rich_text_section',
    elements: inline(run.lines.join('\n'), {}, verbatim),
  }));
}

/** Those of full width come from Asian keyboards. */
const STYLES: Readonly<Record<string, keyof TextStyle>> = {
  '*': 'bold',
  '\uff0a': 'bold',
  _: 'italic',
  '\uff3f': 'italic',
  '~': 'strike',
};
/**
 * A mark opens where a word may begin, for which a zero-width space is enough (yhatt/jsx-slack, "About escape and exact
 * mode"), and closes behind any sign but a blank. Where it is not known whether Slack formats, as with code inside words,
 * this does: what it leaves alone stays plain in Slack.
 */
const WORD = /[\p{L}\p{N}]/u;
const GAP = /\s/;
const CODE = /^[`\uff40]([^`\uff40\n]+)[`\uff40]/;
const EMOJI = /^:([\p{L}\p{M}\p{N}_+'-]+):/u;
const URL_HERE = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"]/;

function inline(text: string, style: TextStyle, verbatim: boolean): readonly InlineElement[] {
  const found: InlineElement[] = [];
  let plain = '';
  const push = (...elements: readonly InlineElement[]) => {
    if (plain !== '') found.push(styled({ type: 'text', text: unescaped(plain) }, style));
    plain = '';
    found.push(...elements);
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const code = CODE.exec(rest);
    const entity = /^<([^<>\n]+)>/.exec(rest);
    const emoji = EMOJI.exec(rest);
    const url = verbatim ? null : URL_HERE.exec(rest);
    const span = spanAt(text, at);
    if (code?.[1] !== undefined)
      push(styled({ type: 'text', text: unescaped(code[1]) }, { ...style, code: true }));
    else if (entity?.[1] !== undefined) push(styled(readEntity(entity[1], unescaped), style));
    else if (emoji?.[1] !== undefined) push({ type: 'emoji', name: emoji[1] });
    else if (url) push(styled({ type: 'link', url: unescaped(url[0]) }, style));
    else if (span) push(...inline(span.text, { ...style, [span.style]: true }, verbatim));
    else plain += text[at] ?? '';
    at += code?.[0].length ?? entity?.[0].length ?? emoji?.[0].length ?? url?.[0].length ?? span?.length ?? 1;
  }
  push();
  return found;
}

/** The formatted span that begins here, if one does. */
function spanAt(text: string, at: number): { style: keyof TextStyle; text: string; length: number } | null {
  const mark = text[at] ?? '';
  const style = STYLES[mark];
  if (style === undefined || WORD.test(text[at - 1] ?? ' ') || GAP.test(text[at + 1] ?? ' ')) return null;
  for (let end = at + 2; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '`') {
      const close = text.indexOf('`', end + 1);
      if (close > 0) end = close;
      continue;
    }
    if (text[end] === mark && !GAP.test(text[end - 1] ?? ' '))
      return { style, text: text.slice(at + 1, end), length: end - at + 1 };
  }
  return null;
}

function styled(element: InlineElement, style: TextStyle): InlineElement {
  return Object.keys(style).length === 0 ? element : { ...element, style };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
