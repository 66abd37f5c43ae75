import type { Story } from './story.ts';

/** Everything that nobody expected: messages, content beyond Slack's limits, errors in the log, secrets in the log. */
export function complaintsOf(story: Story, rateLimitExpected: boolean): readonly string[] {
  const { workspace, claims, logs } = story;
  const leftovers = claims.unclaimed();
  return [
    ...(leftovers.length > 0 ? [`${leftovers.length} messages nobody expected:\n${claims.dump()}`] : []),
    ...workspace.violations.map(
      ({ method, pointer, message }) => `beyond Slack's limits: ${method} ${pointer}: ${message}`,
    ),
    ...(rateLimitExpected ? [] : workspace.rateLimited.map(({ channel }) => `posted too fast in ${channel}`)),
    ...logs.flatMap((log) => log.complaints()),
    ...secretsIn(story),
  ];
}

function secretsIn({ workspace, platform, people, logs }: Story): readonly string[] {
  const tokens = platform.calls.flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? []);
  const secrets = new Map([
    [workspace.botToken, 'the bot token'],
    [workspace.appToken, 'the app token'],
    [workspace.signingSecret, 'the signing secret'],
    [platform.secret, 'the secret of the platform'],
    [encodeURIComponent(platform.secret), 'the secret of the platform'],
    ...tokens.map((token) => [token, 'an access token'] as const),
    ...people.handedOut.map((one) => [one, 'a response URL or trigger'] as const),
  ]);
  return [...secrets].flatMap(([secret, what]) =>
    logs.some(({ raw }) => raw.includes(secret)) ? [`${what} stands in the log`] : [],
  );
}
