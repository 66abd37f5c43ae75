/** How a request is signed: as Slack does, with another secret, ten minutes ago, in ten minutes, or not at all. */
export type Signature = 'good' | 'wrong' | 'stale' | 'future' | 'none';
