import type { ModalView } from '@slack/types';
import { loadingView, troubleView } from '../../render/task/detail/detail-frame.ts';
import type { DetailState } from '../../render/task/detail/detail-state.ts';
import type { SlackParts } from '../app/parts.ts';
import { showView, type ViewHandle } from '../out/show-view.ts';
import { notAnswered } from './not-answered.ts';
import { type AnswerFields, reportAnswer } from './report-answer.ts';

/**
 * Runs the part of a listener that fills a modal, as `guarded` does for messages. An already loading modal has a hash;
 * another one is put into its loading state first, which also makes everything begun before it stale: what was pressed
 * last is what stays, whatever answers last.
 */
export function guardedView(
  parts: SlackParts,
  fields: AnswerFields,
  handle: ViewHandle,
  state: DetailState,
  work: () => Promise<ModalView>,
): Promise<void> {
  return parts.inFlight.track(run(parts, fields, handle, state, work));
}

async function run(
  parts: SlackParts,
  fields: AnswerFields,
  handle: ViewHandle,
  state: DetailState,
  work: () => Promise<ModalView>,
): Promise<void> {
  const report = reportAnswer(parts, fields);
  let loading = handle;
  try {
    if (handle.hash === null) {
      const hash = await showView(handle, loadingView(state), null);
      if (hash === null) return report.answered('closed');
      loading = { ...handle, hash };
    }
    await parts.turn();
    const view = await work();
    const shown = await showView(loading, view, state);
    report.answered(shown === null ? 'overtaken' : 'shown');
  } catch (error) {
    report.failed(error);
    const view = troubleView(state, notAnswered(error, report.correlation));
    await showView(loading, view, state).catch((second: unknown) =>
      parts.log.error(
        { correlation: report.correlation, err: second },
        'the person could not be told either',
      ),
    );
  }
}
