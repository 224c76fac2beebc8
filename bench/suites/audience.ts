import { type FeedReply, feedReplySchema, type LiveFeed, type LiveHello } from "@holdfast/protocol/feed";
import { listenLive } from "@holdfast/sync/http/live-stream";
import { pullQuestion } from "@holdfast/sync/http/question";
import { within } from "../measure/within.ts";

const CONNECT_SECONDS_MAX = 60;
const TELL_SECONDS_MAX = 30;

/** One connected terminal: where its news come, and where it asks when they do not say enough. */
export type Seat = { readonly baseUrl: string; readonly path: string; readonly token: string };

/** What a connection heard or fetched: the documents, or whatever the other side told in their place. */
type Heard = (documents: unknown) => void;

/** Connections on which news come, each with the cursor of the channel that it follows. */
export class Audience {
  readonly #channel: string;
  readonly #closers: (() => void)[] = [];
  #heard: (place: number, documents: unknown) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  #lost: Error | null = null;
  /** How often a connection had to ask, since what it was told was not enough to know. */
  fetched = 0;

  private constructor(channel: string) {
    this.#channel = channel;
  }

  static async gather(channel: string, seats: readonly Seat[]): Promise<Audience> {
    const audience = new Audience(channel);
    let connected = 0;
    const all = async (): Promise<void> => {
      for (const [place, seat] of seats.entries()) {
        await audience.#connect(seat, (documents) => audience.#heard(place, documents));
        connected += 1;
      }
    };
    const state = (): string => `${seats.length} connections, of which ${connected} stand`;
    await within(CONNECT_SECONDS_MAX, state, all());
    return audience;
  }

  close(): void {
    this.#fail = () => undefined;
    for (const close of this.#closers) close();
  }

  /**
   * Tells once and waits until all know it: how long each waited, counted from the telling.
   * @param isKnown whether documents say what was told
   */
  async tellAll(isKnown: (documents: unknown) => boolean, tell: () => Promise<void>): Promise<number[]> {
    const waiting = new Set(this.#closers.keys());
    const latenciesMs: number[] = [];
    const all = new Promise<void>((done, reject) => {
      this.#fail = reject;
      if (this.#lost !== null) reject(this.#lost);
      this.#heard = (place, documents) => {
        if (!waiting.has(place) || !isKnown(documents)) return;
        waiting.delete(place);
        latenciesMs.push(performance.now() - toldAt);
        if (waiting.size === 0) done();
      };
    });
    const toldAt = performance.now();
    const state = (): string => `news to ${this.#closers.length}, of whom ${waiting.size} have not heard it`;
    await within(TELL_SECONDS_MAX, state, Promise.all([all, tell()]));
    return latenciesMs;
  }

  async #connect(seat: Seat, heard: Heard): Promise<void> {
    const headers = { authorization: `Bearer ${seat.token}` };
    const at = { origin: "", rev: 0 };
    await new Promise<void>((connected, reject) => {
      const lose = (): void => {
        this.#lost = new Error("a connection was closed while news were awaited on it");
        reject(this.#lost);
        this.#fail(this.#lost);
      };
      const close = listenLive((signal) => fetch(`${seat.baseUrl}${seat.path}`, { headers, signal }), {
        onHello: (data) => {
          const { origin, heads } = data as LiveHello;
          Object.assign(at, { origin, rev: heads[this.#channel] ?? 0 });
          connected();
        },
        onFeed: (data) => {
          const { channel, from, to, docs } = data as LiveFeed;
          if (channel !== this.#channel) return;
          if (docs !== null && from === at.rev) {
            at.rev = to;
            heard(docs);
          } else this.#fetch(seat, at).then(heard, (error) => this.#fail(error));
        },
        onPing: () => undefined,
        onEnd: lose,
      });
      this.#closers.push(close);
    });
  }

  /** As a terminal does that was told only that there is news. */
  async #fetch({ baseUrl, token }: Seat, at: { readonly origin: string; rev: number }): Promise<FeedReply["channels"]> {
    this.fetched += 1;
    const cursor = `${at.origin}.${at.rev}`;
    const { path } = pullQuestion({ channels: [{ channel: this.#channel, cursor }], check: false });
    const answer = await fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`a connection asked for news and got ${answer.status}`);
    const { channels } = feedReplySchema.parse(await answer.json());
    at.rev = channels[this.#channel]?.to ?? at.rev;
    return channels;
  }
}
