/** How a request is signed: as Slack does, with another secret, or ten minutes ago. */
export type Signature = 'good' | 'wrong' | 'stale';
