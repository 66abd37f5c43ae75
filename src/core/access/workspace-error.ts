import { OperationalError } from '../../lib/operational-error.ts';

/** Reason for closing the channels of a workspace that uninstalled the app. */
export const APP_UNINSTALLED = 'app_uninstalled';

/**
 * Why a workspace is currently unusable: `workspace-not-installed` (it uninstalled the app, or its installation
 * cannot be read), `workspace-refused` (Slack no longer renews its token), `workspace-away` (Slack did not
 * answer).
 */
export class WorkspaceError extends OperationalError {}

export function notInstalled(id: string): WorkspaceError {
  return new WorkspaceError(`The workspace ${id} has not installed the app.`, {
    code: 'workspace-not-installed',
    advice: 'Open /slack/install at the address of the bot and install it there.',
    repeat: 'refused',
  });
}

export function renewalRefused(id: string, reason: string): WorkspaceError {
  return new WorkspaceError(`Slack no longer renews the token of the workspace ${id} (${reason}).`, {
    code: 'workspace-refused',
    advice:
      'Install the app again there before its present token expires: open /slack/install at the address of the bot.',
    repeat: 'wait',
  });
}

export function renewalUnanswered(id: string, cause?: unknown): WorkspaceError {
  return new WorkspaceError(`The token of the workspace ${id} could not be renewed: no usable answer came.`, {
    code: 'workspace-away',
    advice: 'Nothing needs to be done; it is tried again in a minute.',
    repeat: 'never-sent',
    cause,
  });
}
