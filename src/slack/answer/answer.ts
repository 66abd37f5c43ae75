import type { WebClient } from '@slack/web-api';
import { askList } from '../../ask/ask-list.ts';
import { askOverview } from '../../ask/ask-overview.ts';
import { askTask } from '../../ask/ask-task.ts';
import { lookUp } from '../../ask/look-up.ts';
import type { AskParts } from '../../ask/parts.ts';
import type { ListRequest } from '../../core/filter/filter.ts';
import type { Freshness, Trouble } from '../../core/question/answer.ts';
import type { Anchor } from '../../core/question/list-button.ts';
import type { Question } from '../../core/question/question.ts';
import type { Message } from '../../render/blocks/message.ts';
import { health } from '../../render/question/health.ts';
import { help } from '../../render/question/help.ts';
import { overview } from '../../render/question/overview.ts';
import { misunderstood, trouble } from '../../render/question/problems.ts';
import { deviceDetail } from '../../render/task/device.ts';
import { taskDetail } from '../../render/task/task-detail.ts';
import { taskList } from '../../render/task/task-list.ts';
import { readLastTrouble } from '../../store/platform/watch-state.ts';
import { askedBy, type SlackParts } from '../app/parts.ts';
import { zoneOf } from './zone-of.ts';

/** An answer and its audience: results are for the channel, mistakes and help for the asker alone. */
export interface Answer {
  readonly message: Message;
  readonly audience: 'channel' | 'asker';
  /** It announces a change to the channel, so it must not get lost. */
  readonly announces?: boolean;
}

export interface Asker {
  readonly userId: string;
  readonly client: WebClient;
}

/** What answering questions about tasks needs. */
export type QuestionParts = Omit<AskParts, 'person'> & Pick<SlackParts, 'health' | 'log'>;

/** A question about tasks, not about the conversation it is asked in. */
export type TaskQuestion = Exclude<Question, AboutHere>;

/** A question about the conversation it is asked in: what is posted there and why. */
export type AboutHere = Extract<Question, { kind: 'subscribe' | 'unsubscribe' | 'subscriptions' | 'why' }>;

/** Answers one question about tasks. Expected trouble becomes a sentence; only bugs throw. */
export async function answer(parts: QuestionParts, question: TaskQuestion, asker: Asker): Promise<Answer> {
  const { now } = parts;
  switch (question.kind) {
    case 'help':
      return { message: help(), audience: 'asker' };
    case 'misunderstood':
      return { message: misunderstood(question.problems), audience: 'asker' };
    case 'health':
      return { message: health(await parts.health(), now()), audience: 'asker' };
    case 'overview': {
      const asked = await askOverview(parts);
      const state = { ...asked, freshness: await honest(parts, asked.freshness) };
      const blind = blindness(state.freshness);
      if (blind) return { message: trouble(blind), audience: 'asker' };
      return { message: overview(state, now()), audience: audience(question.private) };
    }
    case 'list':
      return await answerList(parts, question.request, asker);
    case 'task': {
      const found = await askTask(askedBy(parts, asker.userId), question.operationId);
      if (found.kind !== 'found') return { message: trouble(found.trouble), audience: 'asker' };
      return { message: taskDetail(found.detail), audience: audience(question.private) };
    }
    case 'look-up': {
      const found = await lookUp(askedBy(parts, asker.userId), question.id);
      if (found.kind === 'trouble') return { message: trouble(found.trouble), audience: 'asker' };
      const message = found.kind === 'task' ? taskDetail(found.detail) : deviceDetail(found.detail, now());
      return { message, audience: audience(question.private) };
    }
  }
}

export interface ListOptions {
  /** The anchor of the page this one was reached from. */
  readonly anchor?: Anchor | null;
  /** Label of the button that shows the list to the channel: undefined for the usual one, null for none. */
  readonly share?: string | null;
}

/** Answers a list question, from a command or a button. */
export async function answerList(
  parts: QuestionParts,
  request: ListRequest,
  asker: Asker,
  { anchor, share }: ListOptions = {},
): Promise<Answer> {
  const local = request.terms.some((term) => 'time' in term && term.time.kind === 'local');
  const zone = local ? await zoneOf(asker, parts.log) : 'UTC';
  const asked = await askList(askedBy(parts, asker.userId), request, zone, anchor ?? null);
  const list = { ...asked, freshness: await honest(parts, asked.freshness) };
  const blind = blindness(list.freshness);
  if (blind) return { message: trouble(blind), audience: 'asker' };
  return { message: taskList(list, parts.now(), share), audience: audience(request.private) };
}

/** An answer from the mirror says when the mirror is behind, even if it was meant to come from there. */
async function honest({ db }: Pick<QuestionParts, 'db'>, freshness: Freshness): Promise<Freshness> {
  if (freshness.kind === 'live' || freshness.because !== null) return freshness;
  return { ...freshness, because: await readLastTrouble(db) };
}

/** Why there is nothing to answer from: before the first poll has ended, an empty list would be a lie. */
function blindness(freshness: Freshness): Trouble | null {
  if (freshness.kind === 'live' || freshness.asOf !== null) return null;
  return freshness.because ?? FIRST_LOOK;
}

const FIRST_LOOK: Trouble = {
  message: 'The first look at the platform has not ended yet.',
  advice: 'Ask again in a minute.',
};

function audience(isPrivate: boolean): Answer['audience'] {
  return isPrivate ? 'asker' : 'channel';
}
