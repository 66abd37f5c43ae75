import type { Context } from '@slack/bolt';
import type { Home } from '../../../core/access/access.ts';
import { WorkspaceError } from '../../../core/access/workspace-error.ts';

/**
 * The workspace whose installation authorised a request. In a channel shared by several workspaces with the
 * app, each user is answered by their own. Null if there is no installation.
 */
export function homeOf(context: Context): Home | null {
  // Bolt's context is untyped. `authorize` in workspaces.ts sets this member; no outside data reaches it.
  return (context.home as Home | null | undefined) ?? null;
}

/** The same for listeners: the middleware stops every request without a home. */
export function homeAt(context: Context): Home {
  const home = homeOf(context);
  if (home === null) throw new Error('A listener was reached by a request of no workspace.');
  return home;
}

/** Whether a request proves membership of the home workspace, so that we need not ask Slack. */
export function isProven(team: string | null, home: Home | null): boolean {
  return team !== null && (home?.teams.has(team) ?? false);
}

/** Why a request has no home. */
export function troubleOf(context: Context): WorkspaceError | null {
  const trouble: unknown = context.trouble;
  return trouble instanceof WorkspaceError ? trouble : null;
}
