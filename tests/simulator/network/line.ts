import type { Cancel } from "@holdfast/sync/ports";
import { WireFailure } from "@holdfast/sync/wire-failure";
import { type HttpAnswer, type HttpRequest, type LiveLine, NoAnswer, type ServerSide } from "../server/server-side.ts";
import type { Dice } from "../world/dice.ts";
import type { Process } from "../world/process.ts";
import type { World } from "../world/world.ts";

/** What a line does to what crosses it; part of the time, where a number says how often. */
export type LineConditions = {
  /** Without a network a request fails at once. */
  isUp: boolean;
  /** Nothing that is sent arrives, and nobody says so. */
  isBlackhole: boolean;
  /** Requests arrive, answers do not. */
  isDeafened: boolean;
  /** Somebody else answers 200 with a page of theirs. */
  isPortal: boolean;
  /** A proxy keeps what comes down the open line to itself. */
  buffersLive: boolean;
  delayMs: number;
  jitterMs: number;
  bytesPerMs: number;
  losesRequest: number;
  losesReply: number;
  /** The browser sends a request twice by itself, without its client knowing. */
  duplicates: number;
  /** The answer ends in its middle, with the status of success. */
  cutsReply: number;
  /** A proxy answers with what it answered last time. */
  repeatsReply: number;
};

export function goodLine(): LineConditions {
  return {
    isUp: true,
    isBlackhole: false,
    isDeafened: false,
    isPortal: false,
    buffersLive: false,
    delayMs: 20,
    jitterMs: 20,
    bytesPerMs: Number.POSITIVE_INFINITY,
    losesRequest: 0,
    losesReply: 0,
    duplicates: 0,
    cutsReply: 0,
    repeatsReply: 0,
  };
}

/** As the product's own line: after this long without an answer there is none. */
const DEADLINE_MS = 20_000;
const REFUSED_MS = 30;
/** How much smaller a body is on the line than its text. */
const PACKED = 8;

type Asking = { readonly process: Process; readonly answer: (answer: HttpAnswer) => void; readonly fail: Fail };
type Fail = (why: string) => void;
type OpenLive = { readonly end: () => void; readonly fallSilent: () => void };

/** One device's connection to the server. */
export class Line {
  readonly conditions: LineConditions = goodLine();
  readonly #world: World;
  readonly #name: string;
  readonly #dice: Dice;
  readonly #server: ServerSide;
  readonly #open = new Set<OpenLive>();
  readonly #lastAnswers = new Map<string, HttpAnswer>();

  constructor(world: World, name: string, server: ServerSide) {
    this.#world = world;
    this.#name = name;
    this.#dice = world.dice.fork(`line ${name}`);
    this.#server = server;
  }

  ask(process: Process, request: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const once = (run: () => void): void => {
        if (isOver) return;
        isOver = true;
        stopWaiting();
        run();
      };
      const fail: Fail = (why) => once(() => reject(new WireFailure("unreachable", why)));
      const stopWaiting = process.at(DEADLINE_MS, "deadline", () => fail("no answer in time"));
      this.#send({ process, answer: (answer) => once(() => resolve(answer)), fail }, request);
    });
  }

  #send(asking: Asking, request: HttpRequest): void {
    const { conditions } = this;
    if (!conditions.isUp) {
      this.#refuse(asking, "no network");
      return;
    }
    if (conditions.isPortal) {
      this.#world.sometimes("a portal answered");
      this.#answer(asking, { status: 200, value: undefined });
      return;
    }
    const key = `${request.method} ${request.path.split("?")[0]}`;
    const last = this.#lastAnswers.get(key);
    if (last !== undefined && this.#dice.chance(conditions.repeatsReply)) {
      this.#world.sometimes("a proxy answered with an old reply");
      this.#answer(asking, last);
      return;
    }
    if (this.#dice.chance(conditions.duplicates)) {
      this.#world.sometimes("a request came twice");
      this.#deliver(request, () => undefined);
    }
    this.#deliver(request, (answer) => {
      if (answer === null) {
        this.#refuse(asking, "connection reset");
        return;
      }
      this.#lastAnswers.set(key, answer);
      if (this.#losesReply(request)) return;
      const isCut = this.#dice.chance(this.conditions.cutsReply);
      if (isCut) this.#world.sometimes("a reply was cut");
      this.#answer(asking, isCut ? { ...answer, value: undefined } : answer);
    });
  }

  #losesReply({ path }: HttpRequest): boolean {
    const { isBlackhole, isDeafened, isUp, losesReply } = this.conditions;
    const isLost = isBlackhole || isDeafened || !isUp || this.#dice.chance(losesReply);
    if (isLost && path === "/v1/log") this.#world.sometimes("the reply to an upload was lost");
    return isLost;
  }

  /** Takes a request to the server, once it gets there; null where nobody was there to answer. */
  #deliver(request: HttpRequest, onAnswer: (answer: HttpAnswer | null) => void): void {
    // Only a slow line has to know how much it carries.
    const bytes = this.conditions.bytesPerMs === Number.POSITIVE_INFINITY ? 0 : (request.body?.().length ?? 0) / PACKED;
    const delayMs = this.#delayMs(bytes);
    this.#world.at(delayMs, `${this.#name} up`, () => {
      if (this.conditions.isBlackhole || this.#dice.chance(this.conditions.losesRequest)) return;
      this.#server.request(request).then(onAnswer, (error: unknown) => {
        if (!(error instanceof NoAnswer)) throw error;
        onAnswer(null);
      });
    });
  }

  #answer({ process, answer }: Asking, what: HttpAnswer): void {
    process.at(this.#delayMs(500), "answer", () => answer(what));
  }

  #refuse({ process, fail }: Asking, why: string): void {
    process.at(this.#dice.between(1, REFUSED_MS), "refused", () => fail(why));
  }

  #delayMs(bytes: number): number {
    const { delayMs, jitterMs, bytesPerMs } = this.conditions;
    return delayMs + this.#dice.below(jitterMs + 1) + bytes / bytesPerMs;
  }

  /** News come in the order in which they were sent, or the line ends. */
  openLive(process: Process, { token, channels }: LiveQuestion, line: LiveLine): Cancel {
    if (!this.conditions.isUp || this.conditions.isPortal)
      return process.at(this.#dice.between(1, REFUSED_MS), "live refused", line.onEnd);
    let isOpen = true;
    let isSilent = false;
    let lastAtMs = 0;
    const inOrder = (label: string, run: () => void): void => {
      lastAtMs = Math.max(lastAtMs + 1, this.#world.nowMs + this.#delayMs(200));
      process.at(lastAtMs - this.#world.nowMs, label, () => {
        if (isOpen && !isSilent) run();
      });
    };
    const open: OpenLive = {
      end: () => {
        inOrder("live end", () => {
          close();
          line.onEnd();
        });
      },
      fallSilent: () => {
        isSilent = true;
      },
    };
    const hangUp = this.#server.openLive(token, channels, {
      onNews: (news) => {
        if (!this.conditions.isBlackhole && !this.conditions.buffersLive)
          inOrder(`live ${news.kind}`, () => line.onNews(news));
      },
      onEnd: open.end,
    });
    const close = (): void => {
      isOpen = false;
      forget();
      this.#open.delete(open);
      hangUp();
    };
    const forget = process.onDeath(close);
    this.#open.add(open);
    return close;
  }

  /** Open lines end, or nothing comes down them any more. */
  breakLive(how: "end" | "silence"): void {
    for (const open of [...this.#open]) {
      if (how === "end") open.end();
      else open.fallSilent();
    }
  }
}

export type LiveQuestion = { readonly token: string; readonly channels: readonly string[] };
