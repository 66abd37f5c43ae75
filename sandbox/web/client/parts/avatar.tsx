import { BOT_NAME, initials } from '../shown/names.ts';

const TONES = 6;

/** A square with somebody's letters; the bot has its own sign. Names stand beside it, so that it says nothing itself. */
export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  const tone = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TONES;
  return (
    <span
      className={`avatar ${small ? 'small' : ''} ${name === BOT_NAME ? 'bot' : `tone-${tone}`}`}
      aria-hidden="true"
    >
      {name === BOT_NAME ? '⬆' : initials(name)}
    </span>
  );
}
