import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { branchChannel } from "@holdfast/protocol/channel";
import type { ServerContext } from "../http/server-context.ts";
import { readLine } from "./batch-line.ts";
import { bookHeldEvent } from "./book-held-event.ts";
import { heldEvents } from "./held-event.ts";

const PAGE = 200;
const NEWER = "unsupported_version";

/**
 * Books what terminals brought that were newer than the server was: at each start it may have become new enough. In the order
 * in which it came, each by itself, beside the ordinary work; what is still too new is left as it is.
 */
export async function bookAfterUpgrade(context: ServerContext, signal: AbortSignal): Promise<void> {
  let page = await heldEvents(context.db, NEWER, { after: null, limit: PAGE });
  while (page.length > 0) {
    const changed = new Map<MerchantId, Set<BranchId>>();
    for (const held of page) {
      if (signal.aborted) return;
      if (isStillNewer(held)) continue;
      const { merchant, event } = held;
      const outcome = await bookHeldEvent(context, { merchant, event, by: { staff: null, name: "Holdfast" } });
      if (outcome.kind !== "booked") continue;
      context.log.info({ event }, "a record that was newer than this server is booked now");
      changed.set(merchant, new Set([...(changed.get(merchant) ?? []), ...outcome.branches]));
    }
    for (const [merchant, branches] of changed) context.live.changed(merchant, [...branches].map(branchChannel));
    page = await heldEvents(context.db, NEWER, { after: page.at(-1) ?? null, limit: PAGE });
  }
}

function isStillNewer({ raw, sig }: { readonly raw: string; readonly sig: string }): boolean {
  const line = readLine(raw, sig);
  return line.kind === "entry" && "code" in line.event && line.event.code === NEWER;
}
