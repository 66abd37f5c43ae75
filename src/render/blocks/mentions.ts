import { printMention } from '../../core/subscription/print-subscription.ts';
import type { Mention } from '../../core/subscription/subscription.ts';

/** The mentions as the first line of a message; empty if there are none. */
export function mentionLine(mentions: readonly Mention[]): string {
  return mentions.map(printMention).join(' ');
}

/** The text of a notification, with its mentions first. */
export function calling(mentions: readonly Mention[], text: string): string {
  return [mentionLine(mentions), text].filter(Boolean).join(' ');
}

/** A mention of a person by Slack user id. */
export function person(id: string): string {
  return printMention({ kind: 'person', id });
}
