import type { Uuid } from "@holdfast/domain/kernel/id";
import type { TerminalId } from "@holdfast/domain/party/merchant";
import { type ServerReceipt, serverReceiptText } from "@holdfast/protocol/log";
import type { IngestPorts } from "../../../apps/server/src/sync/ingest.ts";
import type { MemoryDatabase } from "../../../apps/server/src/testing/memory-database.ts";
import type { Signer } from "../crypto.ts";

/** Which key signs which stream: what is held decides, a stream that just opens says it itself. */
export function memoryKeys(db: MemoryDatabase): IngestPorts["keys"] {
  return {
    keysFor: async (_, lines) => {
      const opened = new Map<Uuid, { readonly terminal: TerminalId; readonly kid: string }>();
      for (const { entry, event } of lines)
        if (entry.seq === 0 && "type" in event && event.type === "stream-opened")
          opened.set(entry.stream, { terminal: event.body.terminal, kid: event.body.key });
      return ({ entry }) => {
        const signer = db.streams.get(entry.stream) ?? opened.get(entry.stream);
        const keys = signer === undefined ? [] : (db.terminals.get(signer.terminal)?.keys ?? []);
        return keys.find(({ kid }) => kid === signer?.kid)?.key ?? null;
      };
    },
  };
}

export function receiptsOf(signer: Signer): IngestPorts["receipts"] {
  return { sign: async (_, held) => signReceipt(signer, held) };
}

export function signReceipt({ kid, sign }: Signer, held: Omit<ServerReceipt, "kid" | "sig">): ServerReceipt {
  return { ...held, kid, sig: sign(serverReceiptText(held)) };
}
