import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What happens to a request on its way. Every rule counts how often it fired, and a journey whose rule never fired fails. */
export type Fault =
  /** The server gets it and answers; the answer never arrives. */
  | { readonly kind: "drop-reply"; readonly after?: () => Promise<void> }
  /** The server never gets it; the line is cut. */
  | { readonly kind: "cut" }
  /** Nothing comes back at all, ever. */
  | { readonly kind: "black-hole" }
  /** The server gets it twice; the second answer counts. */
  | { readonly kind: "duplicate" }
  /** Only the first bytes of the answer's body arrive. */
  | { readonly kind: "truncate"; readonly bytes: number }
  /** Something else answers, with status 200. */
  | { readonly kind: "portal"; readonly body: string; readonly contentType?: string }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: "redirect"; readonly status: number; readonly location: string };

export type Rule = {
  readonly path: RegExp;
  readonly fault: Fault;
  /** How many requests it hits; all until removed if left out. */
  readonly times?: number;
  /** Hits only each so-many-eth of those it could hit. */
  readonly every?: number;
};

type ActiveRule = Rule & { met: number; fired: number; removed: boolean };

export type FiredRule = { readonly fired: () => number; readonly remove: () => void };

/** Stands between browser and server, and does to requests what real networks do. */
export class FaultProxy {
  readonly #server: Server;
  readonly #target: URL;
  readonly #rules: ActiveRule[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
  }

  static async start(targetUrl: string): Promise<FaultProxy> {
    const server = createServer();
    const proxy = new FaultProxy(server, new URL(targetUrl));
    server.on("request", (incoming, outgoing) => void proxy.#serve(incoming, outgoing));
    server.on("connection", (socket) => {
      proxy.#sockets.add(socket);
      socket.on("close", () => proxy.#sockets.delete(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  add(rule: Rule): FiredRule {
    const active: ActiveRule = { ...rule, met: 0, fired: 0, removed: false };
    this.#rules.push(active);
    return {
      fired: () => active.fired,
      remove: () => {
        active.removed = true;
      },
    };
  }

  /** Rules that were added and never hit anything. */
  unfired(): string[] {
    return this.#rules.filter(({ fired }) => fired === 0).map(({ path, fault }) => `${fault.kind} on ${path}`);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close").catch(() => undefined);
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const rule = this.#ruleFor(incoming.url ?? "/");
    if (rule === undefined) this.#forward(incoming, body, (answer) => passOn(answer, outgoing), outgoing);
    else await this.#fail(rule.fault, { incoming, outgoing, body });
  }

  #ruleFor(path: string): ActiveRule | undefined {
    const rule = this.#rules.find((each) => {
      if (each.removed || !each.path.test(path) || each.fired >= (each.times ?? Number.POSITIVE_INFINITY)) return false;
      each.met += 1;
      return each.met % (each.every ?? 1) === 0;
    });
    if (rule !== undefined) rule.fired += 1;
    return rule;
  }

  async #fail(
    fault: Fault,
    { incoming, outgoing, body }: { incoming: IncomingMessage; outgoing: ServerResponse; body: Buffer },
  ): Promise<void> {
    const cut = (): void => void outgoing.socket?.destroy();
    switch (fault.kind) {
      case "cut":
        return cut();
      case "black-hole":
        return;
      case "portal":
        outgoing.writeHead(200, { "content-type": fault.contentType ?? "text/html" }).end(fault.body);
        return;
      case "status":
        outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? "");
        return;
      case "redirect":
        outgoing.writeHead(fault.status, { location: fault.location }).end();
        return;
      case "drop-reply":
        this.#forward(
          incoming,
          body,
          (answer) => {
            answer.resume();
            answer.on("end", () => void Promise.resolve(fault.after?.()).then(cut));
          },
          outgoing,
        );
        return;
      case "duplicate":
        this.#forward(
          incoming,
          body,
          (first) =>
            first
              .resume()
              .on("end", () => this.#forward(incoming, body, (second) => passOn(second, outgoing), outgoing)),
          outgoing,
        );
        return;
      case "truncate":
        this.#forward(incoming, body, (answer) => truncate(answer, outgoing, fault.bytes), outgoing);
        return;
    }
  }

  #forward(
    incoming: IncomingMessage,
    body: Buffer,
    onAnswer: (answer: IncomingMessage) => void,
    outgoing: ServerResponse,
  ): void {
    const { hostname, port } = this.#target;
    const onward = request(
      {
        hostname,
        port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, host: this.#target.host },
      },
      onAnswer,
    );
    // The server is gone: so is the line.
    onward.on("error", () => outgoing.socket?.destroy());
    outgoing.on("close", () => onward.destroy());
    onward.end(body);
  }
}

function passOn(answer: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(outgoing);
  answer.on("error", () => outgoing.destroy());
}

function truncate(answer: IncomingMessage, outgoing: ServerResponse, bytes: number): void {
  const chunks: Buffer[] = [];
  answer.on("data", (chunk: Buffer) => chunks.push(chunk));
  answer.on("end", () => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.write(Buffer.concat(chunks).subarray(0, bytes), () => outgoing.socket?.destroy());
  });
}
