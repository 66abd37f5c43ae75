import type { Story } from './story.ts';

/** What secrets look like that no list names: those of payloads the story itself never got to see. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/xox[a-z]-[\w-]{3,}/, 'a token of Slack'],
  [/xoxe\.\w/, 'a rotating token of Slack'],
  [/xapp-[\w-]{3,}/, 'an app token of Slack'],
  [/\/response\/[\da-f-]{36}/, 'a response URL'],
  [/\b\d+\.\d{6,}\.[\da-f]{32}\b/, 'a trigger'],
  [/Bearer (?!\[secret\])\S/i, 'an Authorization header'],
  [/BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
];

/** Every secret that existed in a story, by what it is. */
export function secretsOf({ workspace, platform, people }: Story): ReadonlyMap<string, string> {
  return new Map([
    [workspace.botToken, 'the bot token'],
    [workspace.appToken, 'the app token'],
    [workspace.signingSecret, 'the signing secret'],
    [platform.secret, 'the secret of the platform'],
    [encodeURIComponent(platform.secret), 'the secret of the platform'],
    ...platform.issuedTokens.map((token) => [token, 'a token of the platform'] as const),
    ...people.handedOut.map((one) => [one, 'a response URL or trigger'] as const),
  ]);
}

/** A complaint for every secret that stands in a log, by name or by shape. */
export function secretsIn(raw: string, secrets: ReadonlyMap<string, string>): readonly string[] {
  const known = [...secrets].filter(([secret]) => raw.includes(secret)).map(([, what]) => what);
  const shaped = SHAPES.filter(([shape]) => shape.test(raw)).map(([, what]) => what);
  return [...new Set([...known, ...shaped])].map((what) => `${what} stands in the log`);
}
