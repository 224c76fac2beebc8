import { liveFeedSchema, liveHelloSchema } from "@holdfast/protocol/feed";
import { failureOf, isOk, readAnswer } from "@holdfast/sync/http/answer";
import {
  chunkPath,
  haveQuestion,
  manifestQuestion,
  pullQuestion,
  pushQuestion,
  type Question,
  rescueQuestion,
} from "@holdfast/sync/http/question";
import type { Wire } from "@holdfast/sync/ports";
import { WireFailure } from "@holdfast/sync/wire-failure";
import type { HttpAnswer } from "../server/server-side.ts";
import type { Process } from "../world/process.ts";
import type { Line } from "./line.ts";

/** The product's questions and its judgement of answers, over a simulated line. */
export function simWire(line: Line, process: Process, token: string): Wire {
  const send = (path: string, body: (() => string) | null): Promise<HttpAnswer> =>
    line.ask(process, { method: body === null ? "GET" : "POST", path, token, body });
  const ask = async <T>({ path, body, schema }: Question<T>): Promise<T> =>
    readAnswer(answerOf(await send(path, body)), schema);
  return {
    push: (entries) => ask(pushQuestion(entries)),
    rescue: (text) => ask(rescueQuestion(text)),
    have: (hashes) => ask(haveQuestion(hashes)),
    pull: (question) => ask(pullQuestion(question)),
    manifest: async (channel) => {
      try {
        return await ask(manifestQuestion(channel));
      } catch (error) {
        if (error instanceof WireFailure && error.kind === "none-there") return null;
        throw error;
      }
    },
    chunk: async (sha256) => {
      const answer = await send(chunkPath(sha256), null);
      if (!isOk(answer)) throw failureOf(answerOf(answer));
      return answer.value instanceof Uint8Array ? new Uint8Array(answer.value) : new Uint8Array();
    },
    live: (channels, listener) =>
      line.openLive(
        process,
        { token, channels },
        {
          onNews: ({ kind, data }) => {
            if (kind === "hello") listener.onHello(liveHelloSchema.parse(data));
            else if (kind === "feed") listener.onFeed(liveFeedSchema.parse(data));
            else listener.onPing();
          },
          onEnd: listener.onEnd,
        },
      ),
  };
}

function answerOf({ status, headers, value }: HttpAnswer): Parameters<typeof readAnswer>[0] {
  return { status, retryAfter: headers?.["retry-after"] ?? null, value };
}
