import { createHmac } from 'node:crypto';
import type { EnvelopeType } from '../api/sockets.ts';
import type { Core } from '../core.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Signature } from './signature.ts';

export interface Delivery {
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  readonly signature?: Signature;
  /** A repeated delivery says so. */
  readonly retry?: { readonly num: number; readonly reason: string };
}

/** The bot's answer: HTTP status (200 for a socket acknowledgement, 0 for none) and body. */
export interface Delivered {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
  readonly error: 'operation_timeout' | 'dispatch_failed' | null;
}

/** Knows where the bot is and brings it what Slack would send: by a socket when one is open, else over HTTP. */
export class Courier {
  private readonly core: Core;
  private urls: readonly string[];
  private turn = 0;

  constructor(core: Core) {
    this.core = core;
    this.urls = core.settings.eventsUrl === null ? [] : [core.settings.eventsUrl];
  }

  /** Where requests go; several addresses take turns, as behind a load balancer. */
  connect(urls: readonly string[]): void {
    this.urls = urls;
  }

  async deliver(delivery: Delivery): Promise<Delivered> {
    const start = performance.now();
    const { status, body, error } = await this.send(delivery);
    return { status, body, error, milliseconds: performance.now() - start };
  }

  private send(delivery: Delivery): Promise<Omit<Delivered, 'milliseconds'>> {
    if (this.core.sockets.count > 0) return this.overSocket(delivery);
    this.turn += 1;
    const url = this.urls[this.turn % Math.max(1, this.urls.length)];
    if (url === undefined)
      throw new Error('no bot is connected: open a socket or call connectHttp(url) first');
    return this.overHttp(url, delivery);
  }

  private async overSocket({ type, payload, retry }: Delivery) {
    const retries: JsonObject = retry ? { retry_attempt: retry.num, retry_reason: retry.reason } : {};
    const ack = await this.core.sockets.send(type, payload, this.core.settings.ackTimeoutMs, retries);
    if (ack === null) return { status: 0, body: '', error: 'operation_timeout' as const };
    return { status: 200, body: ack.payload === undefined ? '' : JSON.stringify(ack.payload), error: null };
  }

  private async overHttp(url: string, delivery: Delivery) {
    const { contentType, body } = encode(delivery);
    const headers = {
      'content-type': contentType,
      ...sign(this.core, body, delivery.signature ?? 'good'),
      ...(delivery.retry
        ? { 'x-slack-retry-num': String(delivery.retry.num), 'x-slack-retry-reason': delivery.retry.reason }
        : {}),
    };
    const signal = AbortSignal.timeout(this.core.settings.ackTimeoutMs);
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal });
      return { status: answer.status, body: await answer.text(), error: null };
    } catch {
      const error = signal.aborted ? ('operation_timeout' as const) : ('dispatch_failed' as const);
      return { status: 0, body: '', error };
    }
  }
}

/** Commands are bare forms, interactions a form with one `payload`, events JSON. */
function encode({ type, payload }: Delivery): { readonly contentType: string; readonly body: string } {
  if (type === 'events_api') return { contentType: 'application/json', body: JSON.stringify(payload) };
  // Bolt refuses this type with a charset behind it, and Slack sends none.
  const contentType = 'application/x-www-form-urlencoded';
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : stringsOf(payload);
  return { contentType, body: new URLSearchParams(fields).toString() };
}

function stringsOf(payload: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]: [string, Json]) => [key, String(value)]),
  );
}

/** Seconds by which a request is signed too early or too late. */
const SKEW: Partial<Record<Signature, number>> = { stale: -600, future: 600 };

function sign(core: Core, body: string, signature: Signature): Record<string, string> {
  if (signature === 'none') return {};
  const now = Math.floor(core.settings.now() / 1000);
  const timestamp = now + (SKEW[signature] ?? 0);
  const secret = signature === 'wrong' ? `not-${core.settings.signingSecret}` : core.settings.signingSecret;
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${digest}` };
}
