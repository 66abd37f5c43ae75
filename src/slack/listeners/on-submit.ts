import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Home } from '../../core/access/access.ts';
import type { Response, Show } from '../answer/response.ts';
import { homeAt } from '../app/middleware/home-team.ts';
import { type GuardParts, guarded } from './guarded.ts';
import { type OnceParts, onlyOnce } from './once.ts';
import { reportAnswer } from './report-answer.ts';

export type SubmitParts = GuardParts & OnceParts;

/** Somebody submitted a form. */
export interface Submission {
  /** The filled-in view. It is untrusted. */
  readonly view: ViewOutput;
  readonly client: WebClient;
  readonly userId: string;
  readonly home: Home;
}

/** How to handle a submitted form. */
export type Submitted =
  /** Not a form our modal sends. If `instead` is null, the modal just closes. */
  | { readonly kind: 'unreadable'; readonly instead: ModalView | null }
  /** Shown under the controls; nothing else happens. */
  | { readonly kind: 'mistakes'; readonly errors: Record<string, string> }
  /** The modal shows that it is loading until the work's answer replaces it. */
  | {
      readonly kind: 'read';
      readonly loading: ModalView;
      readonly show: Show;
      readonly work: () => Promise<Response | null>;
    };

/** A listener that reads a form, acknowledges it accordingly, and does its work once. */
export function onSubmit(parts: SubmitParts, read: (submission: Submission) => Submitted) {
  return async ({
    ack,
    body,
    view,
    client,
    context,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const userId = body.user.id;
    const fields = { listener: 'view', view: view.callback_id, user: userId };
    const submitted = read({ view, client, userId, home: homeAt(context) });
    switch (submitted.kind) {
      case 'unreadable': {
        const { instead } = submitted;
        parts.log.warn({ ...fields, reason: 'unreadable-state' }, 'view ignored');
        if (instead === null) await ack();
        else await ack({ response_action: 'update', view: instead });
        return;
      }
      case 'mistakes': {
        const report = reportAnswer(parts, fields);
        await ack({ response_action: 'errors', errors: submitted.errors });
        report.answered('sent-back');
        return;
      }
      case 'read': {
        const { loading, show, work } = submitted;
        await ack({ response_action: 'update', view: loading });
        await onlyOnce(parts, body, () => guarded(parts, { fields, show }, work));
      }
    }
  };
}
