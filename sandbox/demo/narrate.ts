import { styleText } from 'node:util';
import type { Post } from '../workspace/types.ts';
import type { Workspace } from '../workspace/workspace.ts';

const EMOJI: Readonly<Record<string, string>> = {
  red_circle: '🔴',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  black_circle: '⚫',
  warning: '⚠️ ',
  hourglass: '⏳',
  alarm_clock: '⏰',
  leftwards_arrow_with_hook: '↩️ ',
  eyes: '👀',
  arrow_forward: '▶️ ',
  new: '🆕',
  rotating_light: '🚨',
  crescent_moon: '🌙',
  ghost: '👻',
};

/** Prints to the terminal what a channel shows, as it comes. */
export interface Narrator {
  say(line: string): void;
  typed(person: string, line: string): void;
  stop(): void;
}

/** Follows the workspace: posts and replies are printed whole, edits in one line. */
export function startNarrator(workspace: Workspace, write: (line: string) => void): Narrator {
  let told = 0;
  const catchUp = () => {
    for (const post of workspace.posts.slice(told)) write(describe(workspace, post));
    told = workspace.posts.length;
  };
  const stop = workspace.onChange(catchUp);
  return {
    say: (line) => write(styleText('dim', line)),
    typed: (person, line) => write(`\n${styleText('bold', `${person} types`)} ${styleText('cyan', line)}`),
    stop,
  };
}

function describe(workspace: Workspace, post: Post): string {
  const lines = terminal(workspace.plainText(post)).split('\n');
  const [first = '', second = ''] = lines;
  if (post.kind === 'update') return styleText('dim', `   ✎ ${first}  ${second}`);
  const place =
    post.threadTs !== null
      ? `   ↳ in the thread${post.broadcast ? ', shown in the channel as well' : ''}`
      : post.user !== null
        ? `🤖 upgrades, only visible to ${workspace.person(post.user).name}`
        : '🤖 upgrades';
  const indent = post.threadTs === null ? '   ' : '     ';
  return [styleText('bold', place), ...lines.map((line) => `${indent}${line}`)].join('\n');
}

/** Emoji names as emoji, bold as bold, code spans as they are. */
function terminal(text: string): string {
  return text
    .replaceAll(/:([a-z_]+):/g, (name: string, word: string) => EMOJI[word] ?? name)
    .replaceAll(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, (_, bold: string) => styleText('bold', bold));
}
