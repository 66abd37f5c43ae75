import { memo, useMemo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { JsonObject } from '../../../workspace/json.ts';
import { BOT_NAME } from '../shown/names.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { SlackTime } from './slack-time.tsx';

/** Blocks that need no answer from us, drawn by the renderer. */
export const LibraryBlocks = memo(function LibraryBlocks({ blocks }: { blocks: readonly JsonObject[] }) {
  const { people, channels, userGroups, botId, theme } = useWorkspace();
  const data = useMemo(
    () => ({
      users: [{ id: botId, name: BOT_NAME }, ...people.map(({ id, realName }) => ({ id, name: realName }))],
      channels: channels.map(({ id, name }) => ({ id, name })),
      user_groups: userGroups.map(({ id, handle }) => ({ id, name: handle })),
    }),
    [botId, people, channels, userGroups],
  );
  return (
    <Message
      withoutWrapper
      name=""
      logo=""
      theme={theme}
      data={data}
      hooks={HOOKS}
      // The bot's blocks are data from outside; the renderer leaves out what it does not know.
      blocks={blocks as unknown as Block[]}
    />
  );
});

type Hooks = NonNullable<Parameters<typeof Message>[0]['hooks']>;

const HOOKS: Hooks = {
  date: ({ timestamp, format }) => <SlackTime seconds={Number(timestamp)} format={format} />,
  // Slack shows a name it does not know as it was written.
  emoji: (emoji, parse) => {
    const shown = parse(emoji);
    return shown === emoji.name ? `:${emoji.name}:` : shown;
  },
};
