import { EXTERNALLY_SHARED } from '../../core/access/channel-sharing.ts';
import type { Wished } from '../../core/subscription/apply-wish.ts';
import type { ChannelHours } from '../../core/subscription/subscription.ts';
import type { Instant } from '../../lib/instant.ts';
import { person } from '../blocks/mentions.ts';
import { context, fitLines, type Message, section } from '../blocks/message.ts';
import { code, counted, cut, date, plain } from '../blocks/text.ts';
import { LISTED, subscriptionButtons } from './subscription-buttons.ts';
import { hoursLine, subscriptionLine, subscriptionName } from './subscription-line.ts';
import { NOTHING_HERE } from './unsubscribed.ts';

/** A subscription in its channel's list. */
export interface ListedSubscription extends Wished {
  readonly id: string;
  /** Null: it comes from the settings. */
  readonly createdBy: string | null;
  readonly createdAt: Instant;
  /** Why the channel is closed to us; null while it is open. */
  readonly suspendedReason: string | null;
}

/** Maximum subscriptions in one message: each takes two of its 50 blocks. */
const SHOWN = 20;

/** A channel's subscriptions with their buttons. `lead` goes on top, if the list answers another question. */
export function subscriptionList(
  present: readonly ListedSubscription[],
  hours: ChannelHours | null,
  lead: string | null = null,
): Message {
  if (present.length === 0) return NOTHING_HERE;
  const shown = present.slice(0, SHOWN);
  const rest = present.length - shown.length;
  const [closed] = present.flatMap(({ suspendedReason }) => suspendedReason ?? []);
  const head = `${counted(present.length, 'subscription')} here`;
  const names = shown.map((one) => plain(subscriptionName(one, 200)));
  return {
    text: fitLines([...(lead === null ? [] : [lead]), `${head}:`, ...names].join('\n'), 3_500),
    blocks: [
      section([...(lead === null ? [] : [lead]), `*${head}*`].join('\n')),
      ...(closed === undefined ? [] : [section(closedLine(closed))]),
      ...shown.flatMap((one, index) => [
        section(`${subscriptionLine(one)}\n${madeLine(one)}`),
        subscriptionButtons(one.id, `${LISTED}${index}`),
      ]),
      ...(rest > 0
        ? [
            context(
              `and ${counted(rest, 'more', 'more')}; remove some, or end one with its filter: \`/upgrades unsubscribe …\``,
            ),
          ]
        : []),
      context(
        `${hours === null ? 'No quiet hours, no digest' : `Hours of this channel: ${hoursLine(hours)}`}. \`/upgrades unsubscribe all\` ends everything.`,
      ),
    ],
  };
}

function madeLine({ createdBy, createdAt }: ListedSubscription): string {
  const by = createdBy === null ? 'by the setting `ALERT_CHANNEL`' : `by ${person(createdBy)}`;
  return `${by} since ${date(createdAt)}`;
}

function closedLine(reason: string): string {
  if (reason === EXTERNALLY_SHARED) {
    return ':lock: *I tell nothing here*: this channel is shared with another organisation. What there is to tell is kept for 7 days. If they may read it, subscribe again with `external:yes`.';
  }
  return `:warning: *I cannot post here*: Slack says ${code(cut(reason, 80))}. What there is to tell is kept for 7 days. Invite me (\`/invite @upgrades\`) and subscribe again.`;
}
