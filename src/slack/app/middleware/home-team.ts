import type { Context } from '@slack/bolt';
import type { Home } from '../../../core/access/access.ts';
import { WorkspaceError } from '../../../core/access/workspace-error.ts';

/**
 * The workspace a request belongs to: that of the installation it was authorised by. In a channel that several
 * workspaces share, each of which installed the app, everybody is answered by their own. Null: no installation.
 */
export function homeOf(context: Context): Home | null {
  // Bolt's context is open; `authorize` of workspaces.ts puts this member there, and nothing from outside gets in.
  return (context.home as Home | null | undefined) ?? null;
}

/** The same for listeners: without a home no request gets past the middleware in front of them. */
export function homeAt(context: Context): Home {
  const home = homeOf(context);
  if (home === null) throw new Error('A listener was reached by a request of no workspace.');
  return home;
}

/** Whether a request proves that somebody is a member of the home workspace, so that Slack need not be asked. */
export function isProven(team: string | null, home: Home | null): boolean {
  return team !== null && (home?.teams.has(team) ?? false);
}

/** Why a request has no home. */
export function troubleOf(context: Context): WorkspaceError | null {
  const trouble: unknown = context.trouble;
  return trouble instanceof WorkspaceError ? trouble : null;
}
