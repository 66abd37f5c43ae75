import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call on its way from the bot. */
export interface Call {
  readonly method: string;
  /** The path as it was asked for. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Decides what becomes of the calls that come through a gate. `cut`: the bot's connection is cut, without a word. */
export interface Keeper {
  /** Before the other side sees the call: pass it on (changed, perhaps), cut it, or answer in the other side's place. */
  before(
    call: Call,
    passOn: (call: Call) => Promise<Answer | 'cut'>,
  ): Call | 'cut' | { readonly answer: Answer } | Promise<'cut'>;
  /** After it took effect and before the bot learns of it. */
  after(call: Call, answer: Answer): Answer | 'cut' | Promise<'cut'>;
}

/** A place on the way to a server where calls can be seen and stopped. */
export interface Gate {
  /** Without a slash at the end. */
  readonly url: string;
  /** Cuts every connection of the bot. What was passed on already goes on. */
  cut(): void;
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a gate before the server at this address. Every call passes through it as it is, unless its keeper minds. */
export async function openGate(upstream: string, keeper: Keeper): Promise<Gate> {
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const underWay = new Set<Promise<unknown>>();
  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    const done = work.finally(() => underWay.delete(done));
    underWay.add(done);
    return done;
  };
  const passOn = (call: Call) => track(forward(upstream, agent, call));

  const pass = async (call: Call): Promise<Answer | 'cut'> => {
    const ruling = await keeper.before(call, passOn);
    if (ruling === 'cut') return 'cut';
    if ('answer' in ruling) return ruling.answer;
    const answer = await passOn(ruling);
    return answer === 'cut' ? 'cut' : await keeper.after(ruling, answer);
  };
  const server = createServer((incoming, outgoing) => {
    const serve = async () => {
      const answer = await pass(await readCall(incoming));
      if (answer === 'cut') incoming.socket.destroy();
      else outgoing.writeHead(answer.status, headersOf(answer)).end(answer.body);
    };
    // A caller that hung up, or died, is no longer there to be answered.
    track(serve()).catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // Longer than any run, so that an idle connection is never closed under a call just being sent.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server listening on a TCP port always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
        agent.destroy();
      }),
  };
}

async function readCall(incoming: IncomingMessage): Promise<Call> {
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://gate.invalid'),
    headers: incoming.headers,
    body: await text(incoming),
  };
}

/** The body may have been changed on the way, so its length is counted anew; it is never compressed here. */
function headersOf({ headers, body }: Answer): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), 'content-length': String(Buffer.byteLength(body)) };
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host']);

function forward(upstream: string, agent: Agent, call: Call): Promise<Answer | 'cut'> {
  return new Promise((resolve) => {
    const { pathname, search } = call.url;
    const headers = headersOf({ status: 0, headers: call.headers, body: call.body });
    const outgoing = request(`${upstream}${pathname}${search}`, { method: call.method, headers, agent });
    outgoing.once('response', (incoming) => {
      text(incoming).then(
        (body) => resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body }),
        () => resolve('cut'),
      );
    });
    // The other side cut the connection: so does the gate.
    outgoing.once('error', () => resolve('cut'));
    outgoing.end(call.body);
  });
}
