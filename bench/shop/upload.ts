import { Agent, request } from "node:http";
import { json } from "node:stream/consumers";
import type { LogReply } from "@holdfast/protocol/log";

export type Upload = { readonly token: string; readonly body: Buffer; readonly count: number };

/** Connections to a server that are kept open while something is measured, and no longer. */
export type Line = {
  /** Sends one upload and waits until it is confirmed; anything but everything accepted is an error. */
  readonly upload: (upload: Upload) => Promise<void>;
  readonly close: () => void;
};

export function openLine(baseUrl: string): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
  return {
    upload: async (upload) => {
      const reply = await post(`${baseUrl}/v1/log`, agent, upload);
      if (reply.accepted === upload.count && reply.quarantined.length === 0 && reply.receipts.length > 0) return;
      throw new Error(`an upload was not taken whole: ${JSON.stringify(reply).slice(0, 500)}`);
    },
    close: () => agent.destroy(),
  };
}

function post(url: string, agent: Agent, { token, body }: Upload): Promise<LogReply> {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/x-ndjson",
    "content-encoding": "gzip",
    "content-length": body.length,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      json(answer).then((reply) => {
        if (answer.statusCode === 200) resolve(reply as LogReply);
        else reject(new Error(`${answer.statusCode}: ${JSON.stringify(reply)}`));
      }, reject);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
