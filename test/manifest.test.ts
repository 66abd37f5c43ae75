import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { DEFAULT_SCOPES } from '../sandbox/workspace/options.ts';
import { BOT_SCOPES } from '../src/slack/workspaces/oauth/scopes.ts';
import { allScopes, manifest, manifestText, optionalScopes } from './manifest.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const isAccepted = new Ajv({ strict: true }).compile(JSON.parse(read('./manifest-rules.json')));
const accepted = (text: string) => isAccepted(parse(text));

describe("against Slack's rules", () => {
  test('the manifest is accepted', () => {
    expect({ accepted: accepted(manifestText), errors: isAccepted.errors }).toEqual({
      accepted: true,
      errors: null,
    });
  });

  test('the Socket Mode variant its comments describe is accepted as well', () => {
    const variant = manifestText
      .replace('socket_mode_enabled: false', 'socket_mode_enabled: true')
      .replaceAll(/^\s*(?:request_)?url: .*\n/gm, '');
    expect(variant).not.toContain('upgrades.example.com/');
    expect(accepted(variant)).toBe(true);
  });

  test.each([
    ['a command without its slash', '- command: /upgrades', '- command: upgrades'],
    ['a command with a space', '- command: /upgrades', '- command: /up grades'],
    ['a key Slack does not know', 'always_online:', 'always_on:'],
    ['a name that is too long', 'name: Upgrades', `name: ${'U'.repeat(36)}`],
    ['an address without TLS', 'request_url: https:', 'request_url: http:'],
  ])('%s is refused', (_case, from, to) => {
    expect(manifestText).toContain(from);
    expect(accepted(manifestText.replace(from, to))).toBe(false);
  });

  test('optional scopes are asked for at all: Slack wants them in both lists', () => {
    expect(allScopes).toEqual(expect.arrayContaining([...optionalScopes]));
  });
});

/** The code of a part of the program as one text. */
const codeOf = (part: string) =>
  readdirSync(new URL(`../src/${part}`, import.meta.url), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => read(`../src/${part}/${path}`))
    .join('\n');

/** What each method of the Web API needs of the bot's token. */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'auth.revoke': [],
  'auth.teams.list': [],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'users.info': ['users:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'usergroups.users.list': ['usergroups:read'],
  filesUploadV2: ['files:write'],
};

/** Scopes that only some settings need: they stand in the manifest with a hash before them. */
const BY_SETTING = ['usergroups:read'];

const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unshared: ['channels:read', 'groups:read'],
};

describe('against the code', () => {
  const listeners = codeOf('slack');
  /** What is registered with `app.<kind>('name', …)`, or by a constant of that text. */
  const registered = (kind: string) =>
    [...listeners.matchAll(new RegExp(`\\bapp\\.${kind}(?:<\\w+>)?\\(\\s*(?:'([^']+)'|([A-Z_]+)\\b)`, 'g'))]
      .map(([, text, constant]) => text ?? new RegExp(`const ${constant} = '([^']+)'`).exec(listeners)?.[1])
      .sort();

  test('the one command of the manifest has a listener that takes it by any name', () => {
    expect(manifest.features.slash_commands).toHaveLength(1);
    expect(listeners).toContain('app.command(/^\\//, ');
  });

  test('names in a command arrive as ids', () => {
    expect(manifest.features.slash_commands.every((command) => command.should_escape)).toBe(true);
  });

  test('events and shortcuts are those that are listened for', () => {
    // All messages come as one event; of which conversations they come is said behind the dot.
    const events = manifest.settings.event_subscriptions.bot_events.map((name) => name.split('.')[0]);
    expect(events.toSorted()).toEqual(registered('event'));
    expect(manifest.features.shortcuts.map((one) => one.callback_id).toSorted()).toEqual(
      registered('shortcut'),
    );
  });

  test('scopes are exactly those the calls to Slack need', () => {
    const code = ['slack', 'notify', 'ask'].map(codeOf).join('\n');
    const calls = [...code.matchAll(/\b[cC]lient\)?\.([a-z]+\.[a-zA-Z.]+|filesUploadV2)\(/g)];
    const methods = [...new Set(calls.map(([, method = '']) => method))];
    expect(methods.filter((method) => !(method in SCOPES_OF))).toEqual([]);
    const events = manifest.settings.event_subscriptions.bot_events;
    const needed = new Set([
      'commands',
      ...methods.flatMap((method) => SCOPES_OF[method] ?? []),
      ...events.flatMap((event) => SCOPES_OF_EVENTS[event] ?? []),
    ]);
    expect([...needed].toSorted()).toEqual([...allScopes, ...BY_SETTING].toSorted());
  });

  test('each scope is justified to whoever is asked to grant it', () => {
    const [, table = ''] = read('../SECURITY.md').split('## Scopes');
    const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
      cell.match(/[a-z_]+:?[a-z]*/g),
    );
    // That of the app-level token is none of the manifest's.
    expect(named.filter((scope) => scope !== 'connections:write').toSorted()).toEqual(
      [...allScopes, ...BY_SETTING].toSorted(),
    );
  });

  test('scopes that only a setting needs wait behind a hash, and may be asked for', () => {
    for (const scope of BY_SETTING) {
      expect(manifestText).toContain(`# - "${scope}"`);
      expect(accepted(manifestText.replace(`# - "${scope}"`, `- "${scope}"`))).toBe(true);
    }
  });

  test('a workspace that installs the app is asked for exactly these scopes', () => {
    expect(BOT_SCOPES).toEqual(allScopes);
  });

  test('the sandbox installs the app with exactly these scopes', () => {
    expect(DEFAULT_SCOPES.toSorted()).toEqual(allScopes.toSorted());
  });

  test('buttons are listened for and switched on', () => {
    expect(listeners).toMatch(/\bapp\.action\b/);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });
});
