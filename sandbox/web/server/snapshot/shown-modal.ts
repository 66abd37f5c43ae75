import { asString } from '../../../workspace/json.ts';
import type { OpenedView } from '../../../workspace/types.ts';
import type { ShownView } from '../../contract.ts';

/** The view on top of a person's screen, with what stands below it counted. */
export function shownModal(top: OpenedView | undefined, views: readonly OpenedView[]): ShownView | null {
  if (top === undefined) return null;
  return {
    id: top.id,
    view: top.view,
    depth: below(top, views),
    errors:
      top.errors === null
        ? null
        : Object.fromEntries(Object.entries(top.errors).map(([block, text]) => [block, asString(text)])),
  };
}

function below(view: OpenedView, views: readonly OpenedView[]): number {
  const previous = views.find(({ id, closed }) => id === view.previousId && !closed);
  return previous === undefined ? 0 : 1 + below(previous, views);
}
