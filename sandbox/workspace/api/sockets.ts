import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Journal } from '../journal.ts';
import type { Json, JsonObject } from '../json.ts';
import { asObject, asString, parseJson } from '../json.ts';
import { APP } from './slack-state.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** What the bot answered to an envelope: `undefined` for a bare acknowledgement. */
export interface EnvelopeAck {
  readonly payload: Json | undefined;
}

const PATH = '/link';

/** The Socket Mode side: single-use addresses, envelopes to one of the open sockets, acknowledgements. */
export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private readonly open: WebSocket[] = [];
  private readonly waiting = new Map<string, (ack: EnvelopeAck | null) => void>();
  private readonly journal: Journal;
  private turn = 0;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  get count(): number {
    return this.open.length;
  }

  /** The path of a socket that may be opened once. */
  createPath(): string {
    const ticket = crypto.randomUUID();
    this.tickets.add(ticket);
    return `${PATH}/?ticket=${ticket}&app_id=${APP.appId}`;
  }

  /** Takes an HTTP upgrade; an unknown or used address is refused. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!this.tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    this.server.handleUpgrade(request, socket, head, (opened) => this.welcome(opened));
  }

  /** Sends to one of the open sockets in turn; null when no acknowledgement came in time or the socket went away. */
  send(
    type: EnvelopeType,
    payload: JsonObject,
    timeoutMs: number,
    retry: JsonObject = {},
  ): Promise<EnvelopeAck | null> {
    this.turn += 1;
    const socket = this.open[this.turn % Math.max(1, this.open.length)];
    if (!socket) return Promise.resolve(null);
    const id = crypto.randomUUID();
    const envelope = {
      envelope_id: id,
      type,
      accepts_response_payload: type !== 'events_api',
      payload,
      ...retry,
    };
    return new Promise((resolve) => {
      const settle = (ack: EnvelopeAck | null) => {
        clearTimeout(limit);
        socket.off('close', gone);
        this.waiting.delete(id);
        resolve(ack);
      };
      const gone = () => settle(null);
      const limit = setTimeout(gone, timeoutMs);
      socket.on('close', gone);
      this.waiting.set(id, settle);
      socket.send(JSON.stringify(envelope));
    });
  }

  /** What Slack sends before it takes a connection away; with `warning` the socket stays open for now. */
  disconnect(reason: DisconnectReason): void {
    for (const socket of [...this.open]) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      if (reason !== 'warning') socket.close(1000);
    }
  }

  /** Cuts all connections without a word. */
  drop(): void {
    for (const socket of [...this.open]) socket.terminate();
  }

  close(): void {
    this.drop();
    this.server.close();
  }

  private welcome(socket: WebSocket): void {
    this.open.push(socket);
    socket.on('message', (data) => this.receive(String(data)));
    // An error is followed by a close, which is where the socket is forgotten.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.open.splice(this.open.indexOf(socket), 1);
      this.journal.changed();
    });
    const info = { host: 'sandbox', approximate_connection_time: 18_060 };
    const hello = { type: 'hello', num_connections: this.open.length, debug_info: info };
    socket.send(JSON.stringify({ ...hello, connection_info: { app_id: APP.appId } }));
    this.journal.changed();
  }

  private receive(text: string): void {
    const message = asObject(parseJson(text));
    this.waiting.get(asString(message.envelope_id))?.({ payload: message.payload });
  }
}

/** Whether a request asks for a Socket Mode connection. */
export function isSocketPath(path: string): boolean {
  return path === PATH || path.startsWith(`${PATH}/`) || path.startsWith(`${PATH}?`);
}
