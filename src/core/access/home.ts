/** The workspace a request belongs to: that of the installation it was authorised by. */
export interface Home {
  /** Of the installation: a workspace (`T…`), or an organisation (`E…`) that installed for all of its workspaces. */
  readonly id: string;
  /** The workspaces whose members belong to it. */
  readonly teams: ReadonlySet<string>;
  /** The Enterprise Grid organisation it is part of (`E…`); null: none. */
  readonly organisation: string | null;
}
