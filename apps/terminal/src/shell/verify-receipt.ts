import type { EnrolReply } from "@holdfast/protocol/enrol";
import { serverReceiptText } from "@holdfast/protocol/log";
import type { VerifyReceipt } from "@holdfast/sync/strays";
import { verifyText } from "../store/web-crypto.ts";

/** Whether the server that this terminal was enrolled at signed a receipt. */
export function verifyReceiptFor({ serverKeys }: Pick<EnrolReply, "serverKeys">): VerifyReceipt {
  return async (receipt) => {
    const serverKey = serverKeys.find(({ kid, use }) => kid === receipt.kid && use === "sig");
    return serverKey !== undefined && (await verifyText(serverReceiptText(receipt), receipt.sig, serverKey.key));
  };
}
