/** A page beside Slack's requests, such as `/healthz`. */
export interface Route {
  readonly path: string;
  /** Never rejects. */
  readonly answer: () => Promise<{ readonly status: number; readonly type: string; readonly body: string }>;
}
