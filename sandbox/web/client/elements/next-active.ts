/** What a key does in an open menu: the place it goes to, `choose`, `close`, or null for nothing. */
export function nextActive(
  key: string,
  active: number,
  choices: readonly { readonly text: string }[],
): number | 'choose' | 'close' | null {
  const last = choices.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Enter':
    case ' ':
      return 'choose';
    case 'Escape':
      return 'close';
    default:
      return key.length === 1 ? beginning(key, active, choices) : null;
  }
}

/** The next choice after the active one that begins with the letter, from the top again where none follows. */
function beginning(
  letter: string,
  active: number,
  choices: readonly { readonly text: string }[],
): number | null {
  const places = choices.map((_, index) => (active + 1 + index) % choices.length);
  const found = places.find((place) => choices[place]?.text.toLowerCase().startsWith(letter.toLowerCase()));
  return found ?? null;
}
