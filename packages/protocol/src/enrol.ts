import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { formerKeysMax } from "./limits.ts";
import { codeSchema, nameSchema, publicKeySchema, uuidOf } from "./primitives.ts";

/** `POST /v1/terminals/enrol`: a typed code becomes a terminal with a key of its own. */
export const enrolRequestSchema = z.strictObject({
  code: codeSchema,
  /** The public half of the key that will sign this terminal's streams. */
  publicKey: publicKeySchema,
  build: codeSchema,
  persisted: z.boolean(),
  /** Keys that signed here before and were lost since: what they signed may still have to come. */
  formerKeys: z.array(publicKeySchema).max(formerKeysMax).optional(),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

/** A key of the server: `sig` signs receipts, `enc` is what the terminal seals its second copy to. */
export const serverKeySchema = z.object({ kid: codeSchema, use: z.enum(["sig", "enc"]), key: publicKeySchema });
export type ServerKey = z.infer<typeof serverKeySchema>;

export const enrolReplySchema = z.object({
  terminal: uuidOf<TerminalId>(),
  token: z.string(),
  merchant: uuidOf<MerchantId>(),
  branch: uuidOf<BranchId>(),
  name: nameSchema,
  /** Series of this terminal's receipt numbers; never given to another one. */
  series: codeSchema,
  origin: codeSchema,
  channels: z.array(codeSchema),
  serverKeys: z.array(serverKeySchema),
  end: z.literal(true),
});
export type EnrolReply = z.infer<typeof enrolReplySchema>;

/** SHA-256 over the members of RFC 7638, base64url: the name of a key. */
export function thumbprintText(key: { readonly x: string; readonly y: string }): string {
  return `{"crv":"P-256","kty":"EC","x":"${key.x}","y":"${key.y}"}`;
}
