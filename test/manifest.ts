import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** What the tests look at; whether the rest is as Slack wants it is for the rules to say. */
const shape = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean() })),
    shortcuts: z.array(z.object({ callback_id: z.string() })).default([]),
  }),
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).default({ bot_events: [] }),
    interactivity: z.object({ is_enabled: z.boolean() }),
  }),
});

export const manifestText = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
export const manifest = shape.parse(parse(manifestText));

const { bot, bot_optional } = manifest.oauth_config.scopes;
export const allScopes: readonly string[] = bot;
export const optionalScopes: readonly string[] = bot_optional;
export const neededScopes: readonly string[] = bot.filter((scope) => !bot_optional.includes(scope));
