/** What is needed to let several workspaces install the app. */
export interface Oauth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Ids of the workspaces (`T…`) and organisations (`E…`) that may install; at least one. */
  readonly allowedWorkspaces: readonly string[];
}
