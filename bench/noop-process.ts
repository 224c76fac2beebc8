import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/**
 * The other end that does nothing: it reads what comes and says that it has it. Who asks for `/live` is told what comes to
 * `/tell`, as it comes.
 */
const listeners = new Set<ServerResponse>();

const server = createServer((request, response) => {
  if (request.url === "/live") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`event: hello\ndata: ${JSON.stringify({ origin: "noop", heads: {} })}\n\n`);
    listeners.add(response);
    response.once("close", () => listeners.delete(response));
    return;
  }
  void json(request).then((body) => {
    if (request.url === "/tell") tellAll(JSON.stringify(body));
    response.writeHead(200, { "content-type": "application/json" });
    response.end("[]");
  });
});

function tellAll(data: string): void {
  for (const listener of listeners) listener.write(`event: feed\ndata: ${data}\n\n`);
}

server.listen(0, "127.0.0.1", () => process.send?.({ noop: (server.address() as AddressInfo).port }));
process.once("disconnect", () => {
  server.close();
  server.closeAllConnections();
});
