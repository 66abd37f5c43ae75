import type { Directory } from './directory.ts';
import type { Journal } from './journal.ts';
import { plainText, plainView } from './plain-text.ts';
import type { Reply } from './types.ts';

/** All that the workspace shows, for people: the channels, what single persons see, views, the last calls. */
export function describe(journal: Journal, directory: Directory): string {
  const who = (id: string) => directory.people.get(id)?.name ?? id;
  const line = (one: Reply) =>
    `${one.ts} ${who(one.user)}${one.edits > 0 ? ` (edited ${one.edits}x)` : ''}: ${indent(plainText(one))}`;
  const channels = [...directory.channels.values()].flatMap((channel) => {
    const roots = journal.roots(channel.id);
    if (roots.length === 0) return [];
    const lines = roots.flatMap((root) => [
      `  ${line(root)}`,
      ...root.replies.map((reply) => `    > ${reply.broadcast ? '(broadcast) ' : ''}${line(reply)}`),
    ]);
    return [`#${channel.name} (${channel.id})`, ...lines];
  });
  const ephemerals = journal.ephemerals
    .filter((one) => !one.deleted)
    .map((one) => `  ${one.id} only ${who(one.user)}: ${indent(plainText(one))}`);
  const views = journal.views
    .filter((one) => !one.closed)
    .map((one) => `  ${one.type} of ${who(one.user)}: ${indent(plainView(one.view))}`);
  const calls = journal.apiCalls.slice(-15).map((call) => {
    const outcome = call.ok ? 'ok' : (call.error ?? 'failed');
    return `  ${call.method} ${call.status} ${outcome}${call.fault ? ` [${call.fault}]` : ''}`;
  });
  const violations = journal.violations.map((one) => `  ${one.method} ${one.pointer}: ${one.message}`);
  return [
    ...section('channels', channels),
    ...section('seen by one person', ephemerals),
    ...section('views', views),
    ...section('violations', violations),
    ...section('last calls', calls),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`-- ${title}${lines.length === 0 ? ': none' : ''}`, ...lines];
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n      ');
}
