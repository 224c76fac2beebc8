import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** A real line over HTTP whose other end does whatever a test says. */
export type Line = {
  readonly url: string;
  readonly asked: Asked[];
  answer: (response: ServerResponse, request: IncomingMessage) => void;
  readonly close: () => Promise<void>;
};

export async function openLine(): Promise<Line> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    asked.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: body.toString(),
    });
    line.answer(response, request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const line: Line = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (response) => void response.writeHead(404).end(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return line;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
