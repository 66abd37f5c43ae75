import { LOUD_MESSAGES, type PreviewAnswer } from '../../core/notification/preview.ts';
import type { Wished } from '../../core/subscription/apply-wish.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { buttons, context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, plain } from '../blocks/text.ts';
import { subscriptionLine, subscriptionName } from './subscription-line.ts';
import { previewLines, previewSentence } from './subscription-preview.ts';

const WHOLE = 1_000;

/**
 * Asks before saving a loud subscription, and shows how to narrow it. `value` is for the button; null: the
 * subscription is too long for one.
 */
export function subscribeAsks(wished: Wished, preview: PreviewAnswer, value: string | null): Message {
  const head = `Nothing is saved yet: these are more than ${LOUD_MESSAGES} messages a week.`;
  return {
    text: fitLines(`${head} ${plain(subscriptionName(wished, WHOLE))}. ${previewSentence(preview)}`, 3_500),
    blocks: [
      section(`:loudspeaker: *${head}*\n${subscriptionLine(wished, WHOLE)}`),
      ...sections(previewLines(preview)),
      section(`To hear less, narrow it, such as ${code(narrower(wished))}`),
      ...buttons(
        value === null
          ? null
          : { actionId: ACTIONS.saveSubscription, label: 'Subscribe', value, style: 'primary' },
        value === null ? null : { actionId: ACTIONS.cancelSubscription, label: 'Cancel', value: '-' },
      ),
      ...(value === null
        ? [context('This filter is too long for a button to carry; it has to be narrowed.')]
        : []),
    ],
  };
}

/** The typed line made quieter: with fewer kinds, or else fewer tasks. */
function narrower(wished: Wished): string {
  const { kinds, terms } = wished;
  const fewer = kinds.length > 1 ? { ...wished, kinds: ['failed' as const] } : wished;
  const typed = subscriptionName(fewer, 300);
  const more = kinds.length > 1 ? '' : terms.some(({ field }) => field === 'model') ? ' fail>5%' : ' model:…';
  return `/upgrades subscribe ${typed}${more}`;
}
