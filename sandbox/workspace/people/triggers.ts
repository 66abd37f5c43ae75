const LIFE_MS = 3000;

export interface Trigger {
  readonly user: string;
  /** The view it was made in, for views.push. */
  readonly viewId: string | null;
}

/** Trigger ids live three seconds and are exchanged once. */
export class Triggers {
  private readonly made = new Map<string, Trigger & { readonly at: number; used: boolean }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  create(user: string, viewId: string | null = null): string {
    const id = `${this.made.size + 1}.${this.now()}.${crypto.randomUUID().replaceAll('-', '')}`;
    this.made.set(id, { user, viewId, at: this.now(), used: false });
    return id;
  }

  /** The trigger, now used up, or the error Slack answers. */
  exchange(id: string): Trigger | 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' {
    const trigger = this.made.get(id);
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    if (this.now() - trigger.at >= LIFE_MS) return 'expired_trigger_id';
    trigger.used = true;
    return trigger;
  }
}
