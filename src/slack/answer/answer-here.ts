import { type Unsubscribed, unsubscribe } from '../../act/unsubscribe.ts';
import { askWhy } from '../../ask/ask-why.ts';
import { listSubscriptions } from '../../ask/list-subscriptions.ts';
import type { Home } from '../../core/access/access.ts';
import type { Question } from '../../core/question/question.ts';
import { hasLocalTime } from '../../core/subscription/apply-wish.ts';
import type { Message } from '../../render/blocks/message.ts';
import { trouble } from '../../render/question/problems.ts';
import { why } from '../../render/question/why.ts';
import { subscriptionList } from '../../render/subscription/subscription-list.ts';
import { NOT_HERE, NOT_OURS } from '../../render/subscription/subscription-notes.ts';
import {
  fewerKinds,
  NOTHING_HERE,
  notPosted,
  SUBSCRIBE_INSTEAD,
  unsubscribed,
} from '../../render/subscription/unsubscribed.ts';
import type { Address } from '../out/post.ts';
import { type AboutHere, type Answer, type Asker, answer, type QuestionParts } from './answer.ts';
import { mayShowAll, withinOrganisation } from './may-show-all.ts';
import { type SubscribeParts, type Subscriber, subscribeHere } from './subscribe-here.ts';
import { zoneOf } from './zone-of.ts';

/** What answering any question needs. */
export type HereParts = QuestionParts & SubscribeParts;

/** Somebody asking in a conversation. `here` is null outside of one, such as in the home tab. */
export interface HereAsker extends Asker {
  readonly here: Address | null;
  readonly home: Home;
}

/**
 * Answers any question, including those about the conversation it was asked in. If other organisations read
 * that conversation without consent, only the asker sees the answer.
 */
export async function answerHere(parts: HereParts, question: Question, asker: HereAsker): Promise<Answer> {
  const [answered, mayShow] = await Promise.all([
    answerAny(parts, question, asker),
    mayShowAll(parts, asker.client, asker.here?.channel ?? null),
  ]);
  return withinOrganisation(answered, mayShow);
}

async function answerAny(parts: HereParts, question: Question, asker: HereAsker): Promise<Answer> {
  switch (question.kind) {
    case 'subscribe':
    case 'unsubscribe':
    case 'subscriptions':
    case 'why': {
      const { here } = asker;
      return here === null ? privately(NOT_HERE) : await answerAbout(parts, question, { ...asker, here });
    }
    default:
      return await answer(parts, question, asker);
  }
}

async function answerAbout(parts: HereParts, question: AboutHere, asker: Subscriber): Promise<Answer> {
  const { db, now, workspaces } = parts;
  const { channel } = asker.here;
  // Anyone may try to subscribe; `subscribeHere` checks the channel's owner just before it saves.
  const about = question.kind !== 'subscribe';
  if (about && !(await workspaces.owners.isOwn(channel, asker.home))) return privately(NOT_OURS);
  switch (question.kind) {
    case 'subscribe':
      return await subscribeHere(parts, question.wish, asker);
    case 'unsubscribe': {
      const { wish, all } = question;
      const zone = wish !== null && hasLocalTime(wish.terms) ? await zoneOf(asker, parts.log) : 'UTC';
      const result = await unsubscribe(db, channel, { wish, all, zone });
      if (result.kind === 'removed' || result.kind === 'fewer-kinds') {
        parts.log.info({ channel, user: asker.userId, outcome: result.kind }, 'unsubscribed');
      }
      const { hours } = await listSubscriptions(db, channel);
      return unsubscribedAnswer(result, (present, lead) => subscriptionList(present, hours, lead));
    }
    case 'subscriptions': {
      const { present, hours } = await listSubscriptions(db, channel);
      return privately(subscriptionList(present, hours));
    }
    case 'why': {
      const found = await askWhy(db, channel, question.operationId, now());
      return privately(found === null ? trouble(neverSeen(question.operationId)) : why(found));
    }
  }
}

type Listing = (present: Extract<Unsubscribed, { kind: 'which' }>['present'], lead: string) => Message;

/** A removal concerns the whole channel; if nothing changed, only the asker sees the answer. */
function unsubscribedAnswer(result: Unsubscribed, list: Listing): Answer {
  switch (result.kind) {
    case 'removed':
      return { message: unsubscribed(result), audience: 'channel', announces: true };
    case 'fewer-kinds':
      return { message: fewerKinds(result.taken, result.after), audience: 'channel', announces: true };
    case 'which':
      return privately(list(result.present, WHICH));
    case 'not-found':
      return privately(list(result.present, NOT_FOUND));
    case 'kinds-not-told':
      return privately(notPosted(result.named, result.of));
    case 'nothing-here':
      return privately(NOTHING_HERE);
    case 'subscribe-instead':
      return privately(SUBSCRIBE_INSTEAD);
  }
}

const WHICH =
  'Nothing was removed: say which, as `/upgrades unsubscribe` with its filter, or press *Remove*.';
const NOT_FOUND = 'Nothing was removed: no subscription here has that filter. These there are:';

function privately(message: Message): Answer {
  return { message, audience: 'asker' };
}

function neverSeen(operationId: string) {
  return {
    message: `I have never seen an upgrade task with the id ${operationId}.`,
    advice: 'Check the id: it stands beside every task in a list.',
  };
}
