import type { UnknownValue } from '../../core/filter/unknown-value.ts';
import { LOUD_MESSAGES, type PreviewAnswer } from '../../core/notification/preview.ts';
import type { Wished } from '../../core/subscription/apply-wish.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { buttons, context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, cut, plain, visible } from '../blocks/text.ts';
import { subscriptionLine, subscriptionName } from '../subscription/subscription-line.ts';
import { previewLines, previewSentence } from '../subscription/subscription-preview.ts';

/** The same subscription with the nearest known names, and the value of its button. */
export interface Instead {
  readonly wished: Wished;
  readonly preview: PreviewAnswer;
  readonly value: string;
}

/** A subscription whose filter names something no task has. */
export interface UnknownAsked {
  readonly wished: Wished;
  readonly preview: PreviewAnswer;
  readonly loud: boolean;
  readonly unknown: readonly UnknownValue[];
  /** The value of its button; null: the subscription is too long for one. */
  readonly value: string | null;
  readonly instead: Instead | null;
}

const NAMES: Readonly<Record<UnknownValue['field'], string>> = {
  devicetype: 'device type',
  model: 'model',
  manufacturer: 'manufacturer',
  group: 'group',
  device: 'device',
  task: 'task',
};
const SHOWN = 5;
const WHOLE = 1_000;

/** Asks before saving a subscription that names something no task has: it may be a typo, or come later. */
export function unknownAsks({ wished, preview, loud, unknown, value, instead }: UnknownAsked): Message {
  const head = 'Nothing is saved yet: this filter names something that no upgrade task has had so far.';
  const nearest = unknown.length === 1 ? (unknown[0]?.nearest ?? null) : null;
  const label = nearest === null ? 'Use the nearest' : `Use ${visible(nearest)}`;
  const lines = unknown.slice(0, SHOWN).map(unknownLine);
  return {
    text: fitLines(
      [head, ...lines, `${plain(subscriptionName(wished, WHOLE))}. ${previewSentence(preview)}`].join('\n'),
      3_500,
    ),
    blocks: [
      section(`:mag: *${head}*\n${subscriptionLine(wished, WHOLE)}`),
      ...sections([...lines, ...(unknown.length > SHOWN ? [`and ${unknown.length - SHOWN} more`] : [])]),
      ...(instead === null
        ? []
        : sections([
            `With the nearest known: ${subscriptionLine(instead.wished, 300)}`,
            previewSentence(instead.preview),
          ])),
      ...(loud
        ? sections([
            `As typed, these are more than ${LOUD_MESSAGES} messages a week.`,
            ...previewLines(preview),
          ])
        : []),
      ...buttons(
        instead === null
          ? null
          : { actionId: ACTIONS.saveNearest, label: cut(label, 60), value: instead.value, style: 'primary' },
        value === null ? null : { actionId: ACTIONS.saveSubscription, label: 'Subscribe as typed', value },
        { actionId: ACTIONS.cancelSubscription, label: 'Cancel', value: '-' },
      ),
      ...(value === null ? [context('This filter is too long for a button to carry; shorten it.')] : []),
    ],
  };
}

/** Such as `No model WM99. Known: WM20, WM31, …`. */
function unknownLine({ field, value, known, more }: UnknownValue): string {
  const names = known.map((one) => code(cut(one, 80))).join(', ');
  const others = known.length === 0 ? '' : ` Known: ${names}${more ? ', …' : '.'}`;
  return `No ${NAMES[field]} ${code(cut(value, 80))}.${others}`;
}
