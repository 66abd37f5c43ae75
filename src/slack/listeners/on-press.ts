import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockElementAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Home } from '../../core/access/access.ts';
import { type AnswerParts, answerAsked } from '../answer/answer-asked.ts';
import { threadOfPress } from '../answer/place.ts';
import { type Show, sayPrivately } from '../answer/response.ts';
import { homeAt } from '../app/middleware/home-team.ts';
import { type GuardParts, guarded } from './guarded.ts';
import { type OnceParts, once } from './once.ts';

/** What every button or menu listener needs, besides what its own work needs. */
export type PressParts = GuardParts & OnceParts & AnswerParts;

type Args<A extends BlockElementAction> = SlackActionMiddlewareArgs<BlockAction<A>> & AllMiddlewareArgs;

/** Somebody pressed a button or chose from a menu. */
export interface Press<A extends BlockElementAction = ButtonAction> {
  /** The pressed element. Its value is untrusted. */
  readonly action: A;
  readonly body: BlockAction;
  readonly client: WebClient;
  readonly userId: string;
  readonly home: Home;
  /** Fields for its log lines. */
  readonly fields: { readonly listener: 'action'; readonly action: string; readonly user: string };
  /** Answers where the press was made, or in direct messages for presses in a modal or the home tab. */
  readonly show: Show;
}

/** A listener that acknowledges first, and does its work once however often the same thing is pressed. */
export function onPress<A extends BlockElementAction = ButtonAction>(
  parts: PressParts,
  work: (press: Press<A>) => Promise<void>,
) {
  return once(parts, ({ action, body, client, context }: Args<A>) => {
    const userId = body.user.id;
    const show = answerAsked(parts, client, {
      userId,
      channel: body.channel?.id ?? null,
      threadTs: threadOfPress(body),
      // Bolt types it as always present, but presses in modals and in the home tab have none.
      responseUrl: body.response_url ?? null,
    });
    const fields = { listener: 'action', action: action.action_id, user: userId } as const;
    return work({ action, body, client, userId, home: homeAt(context), fields, show });
  });
}

/** Answers a press we cannot handle: forged, or from another version. */
export async function refusePress(
  parts: GuardParts,
  { fields, show }: Pick<Press, 'fields' | 'show'>,
  reason: string,
  text: string,
): Promise<void> {
  const refused = { ...fields, reason };
  parts.log.warn(refused, 'button ignored');
  await guarded(parts, { fields: refused, show }, async () => sayPrivately(text));
}
