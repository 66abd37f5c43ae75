import { printMention } from '../../core/subscription/print-subscription.ts';
import type { Mention } from '../../core/subscription/subscription.ts';

/** Whom a message calls, as a line of its own at its head; empty when nobody is called. */
export function mentionLine(mentions: readonly Mention[]): string {
  return mentions.map(printMention).join(' ');
}

/** Text for notifications, beginning with whom it calls. */
export function calling(mentions: readonly Mention[], text: string): string {
  return [mentionLine(mentions), text].filter(Boolean).join(' ');
}

/** A person of this workspace by Slack's id. */
export function person(id: string): string {
  return printMention({ kind: 'person', id });
}
