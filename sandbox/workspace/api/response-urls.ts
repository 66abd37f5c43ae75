const LIFE_MS = 30 * 60 * 1000;
const USES = 5;

/** Where a response_url writes. */
export interface ResponsePlace {
  readonly channel: string;
  readonly user: string;
  /** The message that held the pressed component: what replace and delete act on. */
  readonly source: { readonly kind: 'message' | 'ephemeral'; readonly ts: string } | null;
  readonly threadTs: string | null;
}

/** Hands out response_urls: five uses within thirty minutes. */
export class ResponseUrls {
  private readonly made = new Map<string, ResponsePlace & { readonly at: number; uses: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  create(place: ResponsePlace): string {
    const id = crypto.randomUUID();
    this.made.set(id, { ...place, at: this.now(), uses: 0 });
    return id;
  }

  /** The place, one use spent, or the error Slack answers. */
  use(id: string): ResponsePlace | 'invalid_url' | 'expired_url' | 'used_url' {
    const url = this.made.get(id);
    if (!url) return 'invalid_url';
    if (this.now() - url.at > LIFE_MS) return 'expired_url';
    if (url.uses >= USES) return 'used_url';
    url.uses += 1;
    return url;
  }
}
