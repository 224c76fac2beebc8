import { resolveScan } from "@holdfast/domain/catalog/barcode/scan";
import type { Catalogue, CodeHit } from "./catalogue.ts";

/** What a scanned or typed code turned out to be. */
export type Scanned =
  | { readonly kind: "found"; readonly hit: CodeHit; readonly code: string }
  /** More than one thing carries it: a person chooses. */
  | { readonly kind: "several"; readonly hits: readonly CodeHit[]; readonly code: string }
  | { readonly kind: "unknown"; readonly code: string }
  /** Its check digit is wrong: scan again. */
  | { readonly kind: "misread"; readonly code: string };

const RULES = { labels: [], receiptPrefix: "", giftCardPrefixes: [], customerPrefixes: [] } as const;

export function findScanned(catalogue: Pick<Catalogue, "byCode">, text: string): Scanned {
  const code = text.trim();
  // The shop's own codes come first, whatever they look like to the rest of the world.
  const own = catalogue.byCode(code);
  if (own.length > 0) return among(own, code);
  const scan = resolveScan(code, RULES);
  switch (scan.kind) {
    case "gtin":
      return among(catalogue.byCode(scan.gtin), code);
    case "plu":
      return among(catalogue.byCode(scan.plu), code);
    case "code":
      return among(catalogue.byCode(scan.code), code);
    case "wrong-check-digit":
      return { kind: "misread", code };
    default:
      return { kind: "unknown", code };
  }
}

function among(hits: readonly CodeHit[], code: string): Scanned {
  const [hit] = hits;
  if (hit === undefined) return { kind: "unknown", code };
  return hits.length === 1 ? { kind: "found", hit, code } : { kind: "several", hits, code };
}
