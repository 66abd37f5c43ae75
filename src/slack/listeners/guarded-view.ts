import type { ModalView } from '@slack/types';
import { loadingView, textOnlyView, troubleView } from '../../render/task/detail/detail-frame.ts';
import type { DetailState } from '../../render/task/detail/detail-state.ts';
import { updateView, type ViewHandle } from '../out/views.ts';
import type { GuardParts } from './guarded.ts';
import { notAnswered } from './not-answered.ts';
import { type AnswerFields, reportAnswer } from './report-answer.ts';

/** A modal to fill. It has a hash if it is already loading. */
export interface FilledView {
  readonly handle: ViewHandle;
  readonly state: DetailState;
  readonly fields: AnswerFields;
}

/**
 * Runs a listener's work that fills a modal, as `guarded` does for messages. A modal that is not loading yet
 * is set to loading first. That makes the hashes of earlier work stale, so the last press wins, whichever
 * finishes last.
 */
export function guardedView(
  parts: GuardParts,
  filled: FilledView,
  work: () => Promise<ModalView>,
): Promise<void> {
  return parts.inFlight.track(run(parts, filled, work));
}

async function run(
  parts: GuardParts,
  { handle, state, fields }: FilledView,
  work: () => Promise<ModalView>,
): Promise<void> {
  const report = reportAnswer(parts, fields);
  let loading = handle;
  try {
    if (handle.hash === null) {
      const outcome = await updateView(handle, { view: loadingView(state) });
      if (outcome.kind === 'overtaken') return report.answered('closed');
      loading = { ...handle, hash: outcome.hash };
    }
    await parts.turn();
    const { kind } = await updateView(loading, withText(await work(), state));
    report.answered(kind);
  } catch (error) {
    report.failed(error);
    const view = troubleView(state, notAnswered(error, report.correlation));
    await updateView(loading, withText(view, state)).catch((second: unknown) =>
      parts.log.error(
        { correlation: report.correlation, err: second },
        'the person could not be told either',
      ),
    );
  }
}

function withText(view: ModalView, state: DetailState) {
  return { view, plain: textOnlyView(view, state) };
}
