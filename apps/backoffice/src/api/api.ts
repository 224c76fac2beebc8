import { OFFICE_HEADER } from "@holdfast/protocol/office/session";
import type { z } from "zod";
import { failureOf, Unreachable } from "./failure.ts";
import type { Reach } from "./reach.ts";

/** Parameters of a list; those that are undefined or empty are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

export type Change = {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** A body that is no JSON, as it travels. */
  readonly text?: { readonly type: string; readonly body: string };
};

export type Upload = { readonly path: string; readonly query: Query; readonly file: Blob };

/** The server's interface for the back office. Whatever it answers is checked against its schema at this door. */
export type Api = {
  readonly get: <T>(
    path: string,
    schema: z.ZodType<T>,
    options?: { query?: Query; signal?: AbortSignal },
  ) => Promise<T>;
  readonly change: <T>(change: Change, schema: z.ZodType<T>) => Promise<T>;
  /** Sends a file, and hears line by line what becomes of it. */
  readonly upload: <T>(upload: Upload, schema: z.ZodType<T>) => AsyncGenerator<T>;
  /** Asks nothing but whether somebody is there. */
  readonly ping: () => Promise<boolean>;
  readonly reach: Reach;
};

const PREFIX = "/v1/office";

export function createApi(reach: Reach, send: typeof fetch): Api {
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await answerOf(send(path, { credentials: "same-origin", ...init }), reach);
    if (response.ok) return response;
    const failure = await failureOf(response);
    reach.note(!(failure instanceof Unreachable));
    throw failure;
  };
  return {
    reach,
    get: async (path, schema, { query = {}, signal } = {}) => {
      const init = signal === undefined ? {} : { signal };
      return schema.parse(await (await request(`${PREFIX}${path}${queryText(query)}`, init)).json());
    },
    change: async ({ method, path, body, text }, schema) => {
      const headers = { [OFFICE_HEADER]: "1", "content-type": text?.type ?? "application/json" };
      const sent = text?.body ?? (body === undefined ? undefined : JSON.stringify(body));
      const init = sent === undefined ? {} : { body: sent };
      const response = await request(`${PREFIX}${path}`, { method, headers, ...init });
      return schema.parse(response.status === 204 ? null : await response.json());
    },
    upload: async function* ({ path, query, file }, schema) {
      const headers = { [OFFICE_HEADER]: "1", "content-type": "text/csv" };
      const init = { method: "POST", headers, body: file };
      const response = await request(`${PREFIX}${path}${queryText(query)}`, init);
      for await (const line of linesOf(response)) yield schema.parse(JSON.parse(line));
    },
    ping: async () => {
      const answers = await send("/health", { cache: "no-store" }).then(
        ({ ok }) => ok,
        () => false,
      );
      reach.note(answers);
      return answers;
    },
  };
}

async function answerOf(sending: Promise<Response>, reach: Reach): Promise<Response> {
  try {
    const response = await sending;
    reach.note(true);
    return response;
  } catch (error) {
    // A question that is not asked any more says nothing about the line.
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    reach.note(false);
    throw new Unreachable("no answer", { cause: error });
  }
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) return;
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = `${rest}${part.value}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
