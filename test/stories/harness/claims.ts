import type { Post } from '../../../sandbox/workspace/types.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';

/** What a story expects to see next; everything that is given has to fit. */
export interface Expected {
  readonly kind?: Post['kind'];
  /** Name of the channel. */
  readonly in?: string;
  /** The only person who sees it; `everyone` for a message of the channel. */
  readonly to?: string;
  /** The root of its thread; null for a message of the channel itself. */
  readonly thread?: string | null;
  readonly ts?: string;
  readonly broadcast?: boolean;
  /** Pieces of what a person reads. */
  readonly says?: readonly (string | RegExp)[];
}

/** One message as a person reads it. */
export interface Seen {
  readonly post: Post;
  readonly text: string;
}

/** The messages a story has accounted for. What is left over at its end nobody expected. */
export class Claims {
  readonly #workspace: Workspace;
  readonly #claimed = new Set<Post>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Waits for a message nobody claimed yet that fits, and claims it. */
  async next(expected: Expected, timeoutMs = 60_000): Promise<Seen> {
    const what = `a message like ${JSON.stringify(expected, (_key, value: unknown) =>
      value instanceof RegExp ? String(value) : value,
    )}\nunclaimed:\n${this.dump()}\n`;
    const post = await this.#workspace.until(
      () => this.unclaimed().find((one) => this.#fits(one, expected)),
      {
        what,
        timeoutMs,
      },
    );
    this.#claimed.add(post);
    return { post, text: this.#workspace.plainText(post) };
  }

  /**
   * Waits until a message was edited to say this. Edits collapse, so how many there were on the way is nobody's concern:
   * they are claimed as well.
   */
  async edit(root: Seen, says: Expected['says'], timeoutMs = 60_000): Promise<Seen> {
    const { ts } = root.post;
    const seen = await this.next({ kind: 'update', ts, ...(says && { says }) }, timeoutMs);
    for (const post of this.#workspace.posts) {
      if (post === seen.post) break;
      if (post.kind === 'update' && post.ts === ts) this.#claimed.add(post);
    }
    return seen;
  }

  unclaimed(): readonly Post[] {
    return this.#workspace.posts.filter((post) => !this.#claimed.has(post));
  }

  dump(): string {
    return this.unclaimed()
      .map((post) => {
        const to = post.user === null ? 'everyone' : this.#workspace.person(post.user).name;
        const channel = this.#workspace.channelInfo(post.channel).name;
        const thread = post.threadTs === null ? '' : ` in thread ${post.threadTs}`;
        return `${post.kind} ${post.ts} in #${channel} to ${to}${thread}:\n    ${this.#workspace.plainText(post).replaceAll('\n', '\n    ')}`;
      })
      .join('\n');
  }

  #fits(post: Post, expected: Expected): boolean {
    const workspace = this.#workspace;
    if (expected.kind !== undefined && post.kind !== expected.kind) return false;
    if (expected.in !== undefined && post.channel !== workspace.channelInfo(expected.in).id) return false;
    if (expected.to === 'everyone' && post.user !== null) return false;
    if (
      expected.to !== undefined &&
      expected.to !== 'everyone' &&
      post.user !== workspace.person(expected.to).id
    )
      return false;
    if (expected.thread !== undefined && post.threadTs !== expected.thread) return false;
    if (expected.ts !== undefined && post.ts !== expected.ts) return false;
    if (expected.broadcast !== undefined && post.broadcast !== expected.broadcast) return false;
    const text = workspace.plainText(post);
    return (expected.says ?? []).every((piece) =>
      typeof piece === 'string' ? text.includes(piece) : piece.test(text),
    );
  }
}
