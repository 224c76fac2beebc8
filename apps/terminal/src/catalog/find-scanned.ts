import type { LabelRule } from "@holdfast/domain/catalog/barcode/label-rule";
import { resolveScan, type Scan, type ScanDetails } from "@holdfast/domain/catalog/barcode/scan";
import type { Day } from "@holdfast/domain/kernel/instant";
import { type Decimal, decimal } from "@holdfast/domain/money/decimal";
import { RECEIPT_CODE_PREFIX } from "../receipt/code/symbols.ts";
import type { Catalogue, CodeHit } from "./catalogue.ts";

/** What a symbol says of the goods in hand beyond which they are. */
export type GoodsDetails = {
  /** Kilograms or pieces, as weighed or packed. */
  readonly count?: Decimal;
  /** Major units that the label itself asks for. */
  readonly labelPrice?: Decimal;
  readonly lot?: string;
  readonly serial?: string;
  /** Last day on which they may be sold. */
  readonly expiry?: Day;
};

/** What a scanned or typed code turned out to be. */
export type Scanned =
  | { readonly kind: "found"; readonly hit: CodeHit; readonly code: string; readonly details: GoodsDetails }
  /** More than one thing carries it: a person chooses. */
  | { readonly kind: "several"; readonly hits: readonly CodeHit[]; readonly code: string }
  | { readonly kind: "unknown"; readonly code: string }
  /** Its check digit is wrong: scan again. */
  | { readonly kind: "misread"; readonly code: string }
  /** The code on one of our own receipts. */
  | { readonly kind: "receipt"; readonly text: string };

const NO_RULES: readonly LabelRule[] = [];

/** @param labels how the branch's scales write their labels */
export function findScanned(
  catalogue: Pick<Catalogue, "byCode">,
  text: string,
  labels: readonly LabelRule[] = NO_RULES,
): Scanned {
  const code = text.trim();
  // The shop's own codes come first, whatever they look like to the rest of the world.
  const own = catalogue.byCode(code);
  if (own.length > 0) return among(own, code, {});
  const rules = { labels, receiptPrefix: RECEIPT_CODE_PREFIX, giftCardPrefixes: [], customerPrefixes: [] };
  return foundBy(resolveScan(code, rules), catalogue, code);
}

function foundBy(scan: Scan, catalogue: Pick<Catalogue, "byCode">, code: string): Scanned {
  switch (scan.kind) {
    case "gtin":
      return among(catalogue.byCode(scan.gtin), code, goodsDetails(scan.details));
    case "label":
      return among(catalogue.byCode(scan.key), code, labelDetails(scan));
    case "plu":
      return among(catalogue.byCode(scan.plu), code, {});
    case "code":
      return among(catalogue.byCode(scan.code), code, {});
    case "receipt":
      return { kind: "receipt", text: scan.text };
    case "wrong-check-digit":
      return { kind: "misread", code };
    default:
      return { kind: "unknown", code };
  }
}

/** Pounds are left to a person: the catalogue counts in its own unit. */
function goodsDetails({ count, weight, price, lot, serial, expiry }: ScanDetails): GoodsDetails {
  const amount = weight?.unit === "kg" ? weight.value : count === undefined ? undefined : decimal(count, 0);
  return {
    ...(amount === undefined ? {} : { count: amount }),
    ...(price === undefined || price.currency !== undefined ? {} : { labelPrice: price.value }),
    ...(lot === undefined ? {} : { lot }),
    ...(serial === undefined ? {} : { serial }),
    ...(expiry === undefined ? {} : { expiry }),
  };
}

function labelDetails({ measure, value }: Extract<Scan, { readonly kind: "label" }>): GoodsDetails {
  return measure === "price" ? { labelPrice: value } : { count: value };
}

function among(hits: readonly CodeHit[], code: string, details: GoodsDetails): Scanned {
  const [hit] = hits;
  if (hit === undefined) return { kind: "unknown", code };
  return hits.length === 1 ? { kind: "found", hit, code, details } : { kind: "several", hits, code };
}
