import { show } from '../api/respond.ts';
import type { ResponsePlace } from '../api/response-urls.ts';
import { openView, putView } from '../api/views.ts';
import type { Core } from '../core.ts';
import type { JsonObject } from '../json.ts';
import { asObject, isObject, parseJson } from '../json.ts';
import type { OpenedView } from '../types.ts';

/** Shows the message an acknowledged command carried, if any: plain text or a message in JSON. */
export async function applyCommandAck(core: Core, place: ResponsePlace, body: string): Promise<void> {
  if (body.trim() === '') return;
  const parsed = parseJson(body);
  const text = typeof parsed === 'string' ? parsed : body;
  const message: JsonObject = isObject(parsed) ? parsed : { text };
  await core.serial(() => show(core, place, message, 'ack'));
}

/** Does what the answer to a submission asks: close, update, push, clear, or show errors. */
export async function applySubmissionAck(core: Core, opened: OpenedView, body: string): Promise<void> {
  const answer = asObject(parseJson(body));
  switch (answer.response_action) {
    case 'errors':
      return core.journal.markView(opened.id, { errors: asObject(answer.errors) });
    case 'update':
      await core.serial(() =>
        putView(core, 'views.update', { view_id: opened.id, view: answer.view ?? null }),
      );
      return;
    case 'push': {
      const trigger = { user: opened.user, viewId: opened.id };
      await core.serial(() => openView(core, 'views.push', { view: answer.view ?? null }, trigger));
      return;
    }
    case 'clear':
      for (const view of core.journal.views) {
        if (view.rootId === opened.rootId) core.journal.markView(view.id, { closed: true });
      }
      return;
    default:
      core.journal.markView(opened.id, { closed: true });
  }
}
