import type { ModalView } from '@slack/types';
import { loadingView, troubleView } from '../../render/modals/detail-frame.ts';
import type { DetailState } from '../../render/modals/detail-state.ts';
import type { SlackParts } from '../parts.ts';
import { showView, type ViewHandle } from '../show-view.ts';

/**
 * Runs the part of a listener that fills a modal, as `guarded` does for messages. An already loading modal has a hash;
 * another one is put into its loading state first, which also makes everything begun before it stale: what was pressed
 * last is what stays, whatever answers last.
 */
export function guardedView(
  parts: SlackParts,
  fields: Readonly<Record<string, unknown>>,
  handle: ViewHandle,
  state: DetailState,
  work: () => Promise<ModalView>,
): Promise<void> {
  return parts.inFlight.track(run(parts, fields, handle, state, work));
}

async function run(
  { log, now, turn, newCorrelationId }: SlackParts,
  fields: Readonly<Record<string, unknown>>,
  handle: ViewHandle,
  state: DetailState,
  work: () => Promise<ModalView>,
): Promise<void> {
  const correlation = newCorrelationId();
  const begun = now();
  let loading = handle;
  try {
    if (handle.hash === null) {
      const hash = await showView(handle, loadingView(state), null);
      if (hash === null) return log.info({ ...fields, correlation }, 'the modal was closed');
      loading = { ...handle, hash };
    }
    await turn();
    const view = await work();
    const shown = await showView(loading, view, state);
    const outcome = shown === null ? 'overtaken' : 'shown';
    log.info({ ...fields, correlation, outcome, milliseconds: now() - begun }, 'answered');
  } catch (error) {
    log.error({ ...fields, correlation, milliseconds: now() - begun, err: error }, 'not answered');
    const view = troubleView(state, {
      message: 'Something went wrong inside this bot, so there is no answer.',
      advice: `Try again; if it stays so, tell whoever runs the bot to look for ${correlation} in its log.`,
    });
    await showView(loading, view, state).catch((second: unknown) =>
      log.error({ correlation, err: second }, 'the person could not be told either'),
    );
  }
}
