import type { Act, ShownChannel, ShownPerson } from '../../contract.ts';

/** Where a line is typed and by whom. */
export interface Place {
  readonly me: string;
  readonly channel: ShownChannel;
  readonly threadTs: string | null;
  readonly people: readonly ShownPerson[];
  readonly channels: readonly ShownChannel[];
}

/** What a typed line does, or why it does nothing. */
export type ReadLine =
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown-command' | 'command-in-thread'; readonly message: string };

const COMMAND = '/upgrades';
const MENTION = /@upgrades\b/i;

/** Reads a line of the composer as Slack does: a command, a mention of the bot, or mere words. */
export function readLine(line: string, place: Place): ReadLine {
  const text = line.trim();
  if (text === '') return { kind: 'empty' };
  const [, command, rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  if (command !== undefined) return readCommand(command, rest, place);
  const { me, channel, threadTs } = place;
  return {
    kind: 'act',
    act: {
      act: 'say',
      user: me,
      channel: channel.id,
      text,
      ...(channel.kind !== 'direct' && { mention: MENTION.test(text) }),
      ...(threadTs !== null && { threadTs }),
    },
  };
}

function readCommand(command: string, rest: string, place: Place): ReadLine {
  if (command.toLowerCase() !== COMMAND) {
    return {
      kind: 'unknown-command',
      message: `${command} is not a valid command. This workspace has ${COMMAND}.`,
    };
  }
  if (place.threadTs !== null) {
    return {
      kind: 'command-in-thread',
      message: `Slack takes no commands in threads. Ask @upgrades, or use ${COMMAND} in the channel.`,
    };
  }
  const text = withIds(rest.trim(), place);
  return {
    kind: 'act',
    act: { act: 'command', user: place.me, channel: place.channel.id, command: COMMAND, text },
  };
}

/** Slack writes people and channels in a command as ids where the app asks for it (`should_escape`), as this one does. */
function withIds(text: string, { people, channels }: Place): string {
  return text.replaceAll(
    /(?<![^\s,])([@#])([\p{L}\p{N}_-]+)/gu,
    (whole: string, sign: string, name: string) => {
      const known = (sign === '@' ? people : channels).find((one) => one.name === name);
      return known === undefined ? whole : `<${sign}${known.id}|${known.name}>`;
    },
  );
}
