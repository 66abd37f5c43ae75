import type { ButtonAction, StaticSelectAction } from '@slack/bolt';
import { type ListButton, readListButton } from '../../../core/question/list-button.ts';
import type { Response } from '../../answer/response.ts';
import { type Surface, surfaceOf } from '../../answer/surface.ts';
import { guarded } from '../guarded.ts';
import { onPress, type Press, type PressParts, refusePress } from '../on-press.ts';

/** A press on a list's controls: its question, and the message or modal it was made in. */
export interface ListPress<A extends ButtonAction | StaticSelectAction>
  extends Omit<Press<A>, 'show'>,
    Surface {
  readonly asked: ListButton;
}

/** A listener for a list's controls. Their question is untrusted, and is parsed like a typed line. */
export function onListPress<A extends ButtonAction | StaticSelectAction>(
  parts: PressParts,
  read: (action: A) => ListButton | null,
  work: (press: ListPress<A>) => Promise<Response | null>,
) {
  return onPress<A>(parts, async (press) => {
    const asked = read(press.action);
    const surface = surfaceOf(press);
    const pressed = { ...press, ...surface };
    if (asked === null) return await refusePress(parts, pressed, 'unreadable-value', UNUSABLE);
    await guarded(parts, pressed, () => work({ ...pressed, asked }));
  });
}

/** The question of an ordinary button. */
export function ofButton({ value }: ButtonAction): ListButton | null {
  return readListButton(value ?? '');
}

const UNUSABLE =
  'I cannot read the question of this button, so nothing was asked. Ask again with `/upgrades`.';
