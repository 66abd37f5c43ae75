import type { Json, JsonObject } from './json.ts';
import { asObjects, asString, isObject } from './json.ts';
import type {
  ApiCall,
  Ephemeral,
  Message,
  MessageVersion,
  OpenedView,
  Post,
  Readable,
  Refusal,
  Reply,
  Violation,
} from './types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The readable part of a request or an answer. */
export function readableOf(source: JsonObject): Readable {
  return {
    text: asString(source.text),
    blocks: asObjects(source.blocks),
    attachments: asObjects(source.attachments),
  };
}

/** Metadata as it was given, or null. */
export function metadataOf(value: Json | undefined): JsonObject | null {
  return isObject(value) ? value : null;
}

/**
 * Everything the workspace has seen, readable without a call. Each change tells the listeners once, after the change is
 * whole.
 */
export class Journal {
  readonly posts: Post[] = [];
  readonly apiCalls: ApiCall[] = [];
  readonly violations: Violation[] = [];
  readonly rateLimited: Refusal[] = [];
  private readonly messages = new Map<string, Map<string, Mutable<Reply>>>();
  private readonly shown = new Map<string, Mutable<Ephemeral>>();
  private readonly opened = new Map<string, Mutable<OpenedView>>();
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Calls the listener after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  addCall(call: Omit<ApiCall, 'at'>): void {
    this.apiCalls.push({ at: this.now(), ...call });
    this.changed();
  }

  addViolation(violation: Omit<Violation, 'at'>): void {
    this.violations.push({ at: this.now(), ...violation });
    this.changed();
  }

  addRefusal(channel: string, retryAfter: number): void {
    this.rateLimited.push({ at: this.now(), channel, retryAfter });
    this.changed();
  }

  /** A message stands in a channel; `kind` null when a person wrote it. */
  addMessage(
    place: Pick<Reply, 'ts' | 'channel' | 'user' | 'threadTs' | 'broadcast' | 'metadata'>,
    content: Readable,
    kind: 'post' | 'response' | null,
  ): void {
    const inChannel = this.messages.get(place.channel) ?? new Map<string, Mutable<Reply>>();
    this.messages.set(place.channel, inChannel);
    const versions = [this.version(content)];
    inChannel.set(place.ts, { ...place, ...content, tombstone: false, edits: 0, versions });
    if (kind !== null) this.addPost(kind, place, content);
    this.changed();
  }

  editMessage(
    channel: string,
    ts: string,
    content: Readable,
    metadata: JsonObject | null,
    kind: 'update' | 'response',
  ) {
    const message = this.messages.get(channel)?.get(ts);
    if (!message) return;
    Object.assign(message, content, { metadata, edits: message.edits + 1 });
    message.versions = [...message.versions, this.version(content)];
    this.addPost(kind, message, content);
    this.changed();
  }

  /** `kind` null when a person deleted it. */
  deleteMessage(channel: string, ts: string, kind: 'delete' | 'response' | null): void {
    const message = this.messages.get(channel)?.get(ts);
    if (!message) return;
    this.messages.get(channel)?.delete(ts);
    if (kind !== null) this.addPost(kind, message, message);
    this.changed();
  }

  /** A message with replies was deleted: its thread stays, under a placeholder. */
  entomb(channel: string, ts: string, kind: 'delete' | 'response' | null): void {
    const message = this.messages.get(channel)?.get(ts);
    if (!message) return;
    if (kind !== null) this.addPost(kind, message, message);
    const content = { text: 'This message was deleted.', blocks: [], attachments: [] };
    Object.assign(message, content, { tombstone: true, metadata: null });
    message.versions = [...message.versions, this.version(content)];
    this.changed();
  }

  addEphemeral(
    place: Pick<Ephemeral, 'id' | 'channel' | 'user' | 'threadTs' | 'via'>,
    content: Readable,
  ): void {
    const at = this.now();
    const versions = [this.version(content)];
    this.shown.set(place.id, { ...place, ...content, at, replaced: 0, deleted: false, versions });
    this.addPost(
      place.via === 'chat.postEphemeral' ? 'ephemeral' : 'response',
      { ...place, ts: place.id },
      content,
    );
    this.changed();
  }

  replaceEphemeral(id: string, content: Readable): void {
    const shown = this.shown.get(id);
    if (!shown) return;
    Object.assign(shown, content, { replaced: shown.replaced + 1 });
    shown.versions = [...shown.versions, this.version(content)];
    this.addPost('response', { ...shown, ts: id }, content);
    this.changed();
  }

  deleteEphemeral(id: string): void {
    const shown = this.shown.get(id);
    if (!shown) return;
    shown.deleted = true;
    this.addPost('response', { ...shown, ts: id }, shown);
    this.changed();
  }

  /** A view was opened, pushed, published or changed; `view` is what Slack returned. */
  putView(view: JsonObject, user: string): void {
    const id = asString(view.id);
    const before = this.opened.get(id);
    this.opened.set(id, {
      id,
      type: view.type === 'home' ? 'home' : 'modal',
      user: before?.user ?? user,
      view,
      versions: [...(before?.versions ?? []), view],
      rootId: asString(view.root_view_id) || id,
      previousId: typeof view.previous_view_id === 'string' ? view.previous_view_id : null,
      closed: false,
      errors: null,
    });
    this.changed();
  }

  markView(id: string, marks: Partial<Pick<OpenedView, 'closed' | 'errors'>>): void {
    Object.assign(this.opened.get(id) ?? {}, marks);
    this.changed();
  }

  get views(): readonly OpenedView[] {
    return [...this.opened.values()];
  }

  get ephemerals(): readonly Ephemeral[] {
    return [...this.shown.values()];
  }

  message(channel: string, ts: string): Reply | undefined {
    return this.messages.get(channel)?.get(ts);
  }

  /** The replies in a message's thread, oldest first. */
  repliesTo(channel: string, ts: string): readonly Reply[] {
    return [...(this.messages.get(channel)?.values() ?? [])].filter((one) => one.threadTs === ts);
  }

  /** The channel's own messages in order, each with its thread. */
  roots(channel: string): readonly Message[] {
    const all = [...(this.messages.get(channel)?.values() ?? [])].sort((a, b) => (a.ts < b.ts ? -1 : 1));
    const replies = Map.groupBy(
      all.filter((one) => one.threadTs !== null),
      (one) => one.threadTs,
    );
    return all
      .filter((one) => one.threadTs === null)
      .map((one) => ({ ...one, replies: replies.get(one.ts) ?? [] }));
  }

  /** Replies that are shown in the channel as well. */
  broadcasts(channel: string): readonly Reply[] {
    return [...(this.messages.get(channel)?.values() ?? [])].filter((one) => one.broadcast);
  }

  private version(content: Readable): MessageVersion {
    return { at: this.now(), text: content.text, blocks: content.blocks, attachments: content.attachments };
  }

  private addPost(
    kind: Post['kind'],
    place: Partial<Post> & { channel: string; ts: string },
    content: Readable,
  ): void {
    this.posts.push({
      kind,
      at: this.now(),
      channel: place.channel,
      ts: place.ts,
      // A channel message carries its author in `user`; here the field names the only reader of an ephemeral.
      user: 'id' in place ? (place.user ?? null) : null,
      threadTs: place.threadTs ?? null,
      broadcast: place.broadcast ?? false,
      metadata: place.metadata ?? null,
      text: content.text,
      blocks: content.blocks,
      attachments: content.attachments,
    });
  }
}
