import { loudMessages } from './loud-messages.ts';
import { secretsIn, secretsOf } from './secrets.ts';
import type { Story } from './story.ts';

/**
 * Everything that nobody expected: messages, content beyond Slack's limits, text that Slack may read mentions into, errors
 * in the log, secrets in the log.
 */
export function complaintsOf(story: Story, rateLimitExpected: boolean): readonly string[] {
  const { workspace, claims, logs } = story;
  const leftovers = claims.unclaimed();
  return [
    ...(leftovers.length > 0 ? [`${leftovers.length} messages nobody expected:\n${claims.dump()}`] : []),
    ...workspace.violations.map(
      ({ method, pointer, message }) => `beyond Slack's limits: ${method} ${pointer}: ${message}`,
    ),
    ...loudMessages(workspace.apiCalls),
    ...(rateLimitExpected ? [] : workspace.rateLimited.map(({ channel }) => `posted too fast in ${channel}`)),
    ...logs.flatMap((log) => log.complaints()),
    ...logs.flatMap(({ raw }) => secretsIn(raw, secretsOf(story))),
  ];
}
