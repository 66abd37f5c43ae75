/** Who wants to install the app, or has: the workspace, and the organisation it belongs to if any. */
export interface Applicant {
  /** Null: an organisation installs for all of its workspaces. */
  readonly team: string | null;
  readonly organisation: string | null;
}

/** Whether somebody may install: by its own id, or because the whole organisation it belongs to may. */
export function mayInstall(
  { team, organisation }: Applicant,
  allowed: readonly string[],
): 'workspace-allowed' | 'organisation-allowed' | 'not-listed' {
  if (team !== null && allowed.includes(team)) return 'workspace-allowed';
  return organisation !== null && allowed.includes(organisation) ? 'organisation-allowed' : 'not-listed';
}
