import { type EnrolReply, type EnrolRequest, enrolReplySchema } from "@holdfast/protocol/enrol";
import { errorSchema } from "@holdfast/protocol/error";
import type { KeyStore } from "../store/key-store.ts";
import { BUILD } from "./build.ts";

export type Enrolled =
  | { readonly kind: "enrolled"; readonly identity: EnrolReply }
  /** The server says no, in its own words. */
  | { readonly kind: "refused"; readonly message: string }
  /** Nothing answered that is our server. */
  | { readonly kind: "unreachable" };

/** Turns a typed code into this device's identity: the one act that needs the network. */
export async function enrol(keys: KeyStore, code: string): Promise<Enrolled> {
  const persisted = await navigator.storage.persist();
  const { publicKey } = keys.device.signing;
  const formerKeys = await keys.formerKeys();
  const request: EnrolRequest = { code, publicKey, build: BUILD, persisted, formerKeys };
  let value: unknown;
  try {
    const response = await fetch("/v1/terminals/enrol", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      credentials: "omit",
      redirect: "error",
    });
    value = await response.json();
  } catch {
    return { kind: "unreachable" };
  }
  const refused = errorSchema.safeParse(value);
  if (refused.success) return { kind: "refused", message: refused.data.error.message };
  const reply = enrolReplySchema.safeParse(value);
  if (!reply.success) return { kind: "unreachable" };
  await keys.saveIdentity(reply.data);
  return { kind: "enrolled", identity: reply.data };
}

/** The code in the address that the back office shows: `#enrol=ABC-DEF`. */
export function codeInAddress(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, "")).get("enrol")?.trim() ?? "";
}
