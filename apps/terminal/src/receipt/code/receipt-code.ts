import { epochMs } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { TerminalDocument } from "@holdfast/protocol/documents";
import type { PublicKey } from "@holdfast/protocol/primitives";
import { type CodedSale, packSale, unpackSale } from "@holdfast/protocol/receipt-code";
import { fromBase64Url, toBase64Url } from "@holdfast/sync/base64url";
import { fromBase32, toBase32 } from "./base32.ts";
import { toSymbols } from "./symbols.ts";

const SIGNATURE_BYTES = 64;
/** A text that unpacks to more than this is no receipt of ours. */
const UNPACKED_BYTES_MAX = 500_000;
/** Characters of the signature that stand on the paper in clear. */
const SIGNATURE_SHOWN = 16;

export type ReceiptCode = { readonly symbols: readonly string[]; readonly signature: string };

/**
 * The code on a receipt: the sale as short as it can be said, packed and signed by this terminal, so that any till of the
 * merchant can check it with no network. Training and what undoes a sale make none: nothing of them can be taken back.
 */
export async function receiptCode(sale: Sale, sign: (text: string) => Promise<string>): Promise<ReceiptCode | null> {
  if (sale.training || sale.postVoidOf !== undefined || !sale.lines.some((line) => line.kind === "sale")) return null;
  const packed = await deflate(new TextEncoder().encode(JSON.stringify(packSale(sale))));
  const signature = await sign(signedText(packed));
  const bytes = new Uint8Array(SIGNATURE_BYTES + packed.length);
  bytes.set(fromBase64Url(signature));
  bytes.set(packed, SIGNATURE_BYTES);
  return { symbols: toSymbols(toBase32(bytes)), signature: signature.slice(0, SIGNATURE_SHOWN) };
}

/** What a receipt's signature is over; the beginning keeps it from ever being taken for one over anything else. */
function signedText(packed: Uint8Array): string {
  return `holdfast-receipt-code:1:${toBase64Url(packed)}`;
}

export type ReadCodeRefusal =
  /** Damaged, cut, or of another system. */
  | { readonly kind: "unreadable" }
  /** No terminal of this merchant counts this series, as far as this till knows. */
  | { readonly kind: "unknown-terminal"; readonly series: string }
  /** Altered or made up: no key of its terminal signed it. */
  | { readonly kind: "forged" }
  /** Signed after its terminal was shut out. */
  | { readonly kind: "revoked-terminal"; readonly terminal: string };

export type ReadCodePorts = {
  /** By the series of its receipt numbers, revoked ones included. */
  readonly terminalOf: (series: string) => TerminalDocument | undefined;
  readonly verify: (text: string, signature: string, key: PublicKey) => Promise<boolean>;
};

/** Reads and checks the joined text of a receipt's symbols. Nothing of it counts before its signature was found good. */
export async function readReceiptCode(
  text: string,
  { terminalOf, verify }: ReadCodePorts,
): Promise<Result<CodedSale, ReadCodeRefusal>> {
  const bytes = fromBase32(text);
  if (bytes === null || bytes.length <= SIGNATURE_BYTES) return refuse({ kind: "unreadable" });
  const packed = bytes.slice(SIGNATURE_BYTES);
  const coded = await unpack(packed);
  if (coded === null) return refuse({ kind: "unreadable" });
  const { series } = coded.number;
  const terminal = terminalOf(series);
  if (terminal === undefined) return refuse({ kind: "unknown-terminal", series });
  const signature = toBase64Url(bytes.slice(0, SIGNATURE_BYTES));
  const signed = await Promise.all(terminal.keys.map(({ key }) => verify(signedText(packed), signature, key)));
  if (!signed.includes(true)) return refuse({ kind: "forged" });
  const { revokedAt, name } = terminal;
  if (revokedAt !== null && epochMs(coded.completedAt) >= Date.parse(revokedAt)) {
    return refuse({ kind: "revoked-terminal", terminal: name });
  }
  return accept(coded);
}

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<CodedSale | null> {
  try {
    const bytes = await inflate(packed);
    return bytes === null ? null : unpackSale(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"))).bytes();
}

/** Null where it grows beyond what a receipt can be. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))) {
    size += part.length;
    if (size > UNPACKED_BYTES_MAX) return null;
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
