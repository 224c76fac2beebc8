import type { PricedLine } from "@holdfast/domain/cart/line";
import { sum } from "@holdfast/domain/money/amount";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale, SaleId } from "@holdfast/domain/sale/sale";
import type { Tax, TaxId } from "@holdfast/domain/tax/tax";
import type { Tender } from "@holdfast/domain/tender/tender";
import type { BranchDocument, MerchantDocument } from "@holdfast/protocol/documents";
import type { Formats } from "@holdfast/ui/format";
import type { TFunction } from "i18next";

/** One strip of a receipt. Printer and screen show the same strips, each in its own way. */
export type PaperBlock =
  | { readonly kind: "title" | "centre" | "mark"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "row"; readonly start: string; readonly end: string; readonly weight?: "strong" | "small" };

/** A receipt as it goes onto paper. `copy` marks every print but the first. */
export type Paper = {
  readonly sale: Sale;
  readonly copy: boolean;
  readonly blocks: readonly PaperBlock[];
};

export type PaperPlace = {
  readonly merchant: Pick<MerchantDocument, "name" | "taxNumber">;
  readonly branch: Pick<BranchDocument, "name" | "address" | "receiptFooter">;
  readonly terminal: string;
};

export type PaperLanguage = { readonly t: TFunction<"terminal">; readonly formats: Formats };

/** The receipt of a sale: everything that has to stand on it, and nothing that the sale does not say itself. */
export function receiptPaper(
  sale: Sale,
  place: PaperPlace,
  { copy, ...language }: PaperLanguage & { readonly copy: boolean },
): Paper {
  const { t } = language;
  const mark: PaperBlock[] = copy ? [{ kind: "mark", text: t("receipt.copy") }] : [];
  const training: PaperBlock[] = sale.training ? [{ kind: "mark", text: t("receipt.training") }] : [];
  const rule: PaperBlock = { kind: "rule" };
  const blocks = [
    ...headBlocks(place, t),
    ...mark,
    ...training,
    rule,
    ...sale.lines.flatMap((line) => lineBlocks(line, sale, language)),
    rule,
    ...totalBlocks(sale, language),
    ...sale.tenders.map((tender) => tenderBlock(tender, sale, language)),
    ...settlementBlocks(sale, language),
    rule,
    ...taxBlocks(sale, language),
    rule,
    ...footBlocks(sale, place, language),
    ...mark,
  ];
  return { sale, copy, blocks };
}

function headBlocks({ merchant, branch }: PaperPlace, t: TFunction<"terminal">): PaperBlock[] {
  const taxNumber = merchant.taxNumber === "" ? [] : [t("receipt.taxNumber", { number: merchant.taxNumber })];
  const lines = [branch.name, branch.address, ...taxNumber].filter((text) => text !== "");
  return [{ kind: "title", text: merchant.name }, ...lines.map((text) => ({ kind: "centre", text }) as const)];
}

function lineBlocks(line: PricedLine, sale: Sale, { t, formats }: PaperLanguage): PaperBlock[] {
  const { rules } = sale;
  const code = line.taxes.map((tax) => taxCode(sale.taxes, tax)).join("");
  const beforeOrderDiscount = line.amount + line.orderDiscount;
  const end = `${formats.amount(beforeOrderDiscount + sum(line.discountAmounts), rules)} ${code}`;
  const each = formats.price(line.unitPrice, rules);
  const detail = `${formats.quantity(line.quantity)} × ${each}`;
  const isOne = line.quantity.unit === "each" && line.quantity.units === 1;
  const discounts = line.discounts.map((discount, index): PaperBlock => {
    const label =
      discount.kind === "percent"
        ? t("receipt.discountPercent", {
            percent: formats.percent(discount.percentPpm / 1_000_000),
            reason: discount.reason,
          })
        : t("receipt.discount", { reason: discount.reason });
    return {
      kind: "row",
      start: label,
      end: formats.amount(-(line.discountAmounts[index] ?? 0), rules),
      weight: "small",
    };
  });
  return [
    { kind: "row", start: line.name, end },
    ...(isOne ? [] : [{ kind: "row", start: detail, end: "", weight: "small" } as const]),
    ...discounts,
  ];
}

function totalBlocks(sale: Sale, { t, formats }: PaperLanguage): PaperBlock[] {
  const { rules, totals } = sale;
  const orderDiscount = sum(sale.lines.map((line) => line.orderDiscount));
  const taken: PaperBlock[] =
    orderDiscount === 0
      ? []
      : [{ kind: "row", start: t("receipt.orderDiscount"), end: formats.amount(-orderDiscount, rules) }];
  const taxOnTop: PaperBlock[] = rules.pricesIncludeTax
    ? []
    : [{ kind: "row", start: t("receipt.taxOnTop"), end: formats.amount(totals.tax, rules) }];
  return [
    ...taken,
    ...taxOnTop,
    { kind: "row", start: t("receipt.total"), end: formats.money(totals.total, rules), weight: "strong" },
  ];
}

function tenderBlock(tender: Tender, { rules }: Sale, { t, formats }: PaperLanguage): PaperBlock {
  const name = t(`tender.${tender.kind}`);
  const start = tender.kind === "card" ? t("receipt.cardSlip", { name, reference: tender.reference }) : name;
  return { kind: "row", start, end: formats.amount(tender.amount, rules) };
}

function settlementBlocks({ rules, change, cashRounding }: Sale, { t, formats }: PaperLanguage): PaperBlock[] {
  const rounding: PaperBlock[] =
    cashRounding === 0
      ? []
      : [{ kind: "row", start: t("receipt.cashRounding"), end: formats.amount(cashRounding, rules), weight: "small" }];
  const given: PaperBlock[] =
    change === 0 ? [] : [{ kind: "row", start: t("receipt.change"), end: formats.amount(change, rules) }];
  return [...rounding, ...given];
}

/** Anybody can check the tax: rate, net and tax of each, and which lines it is of. */
function taxBlocks(sale: Sale, { t, formats }: PaperLanguage): PaperBlock[] {
  return sale.taxTotals.map(({ tax, exTax, amount }) => {
    const name = sale.taxes.find((each) => each.tax === tax)?.name ?? tax;
    const start = t("receipt.taxLine", {
      code: taxCode(sale.taxes, tax),
      name,
      net: formats.amount(exTax, sale.rules),
    });
    return { kind: "row", start, end: formats.amount(amount, sale.rules), weight: "small" };
  });
}

function footBlocks(sale: Sale, { branch, terminal }: PaperPlace, { t, formats }: PaperLanguage): PaperBlock[] {
  return [
    { kind: "row", start: t("receipt.number"), end: receiptNumberToText(sale.number), weight: "small" },
    { kind: "row", start: t("receipt.time"), end: formats.dateTime(sale.completedAt), weight: "small" },
    { kind: "row", start: t("receipt.terminal"), end: terminal, weight: "small" },
    { kind: "row", start: t("receipt.cashier"), end: sale.cashierName, weight: "small" },
    ...(branch.receiptFooter === "" ? [] : [{ kind: "centre", text: branch.receiptFooter } as const]),
  ];
}

/** A, B, C … in the order in which the sale names its taxes. */
function taxCode(taxes: readonly Tax[], tax: TaxId): string {
  return String.fromCharCode(65 + taxes.findIndex((each) => each.tax === tax));
}

export type PaperFacts = {
  readonly sale: SaleId;
  readonly number: string;
  readonly copy: boolean;
  readonly lines: readonly {
    readonly line: number;
    readonly variant: string | null;
    readonly name: string;
    readonly units: number;
    readonly amount: number;
  }[];
  readonly total: number;
  readonly tax: number;
  readonly tenders: readonly { readonly kind: string; readonly amount: number }[];
  readonly change: number;
};

/** What a customer holds in their hand, as plain facts: against them everything else can be checked. */
export function paperFacts({ sale, copy }: Paper): PaperFacts {
  return {
    sale: sale.sale,
    number: receiptNumberToText(sale.number),
    copy,
    lines: sale.lines.map(({ line, variant, name, quantity, incTax }) => ({
      line,
      variant,
      name,
      units: quantity.units,
      amount: incTax,
    })),
    total: sale.totals.total,
    tax: sale.totals.tax,
    tenders: sale.tenders.map(({ kind, amount }) => ({ kind, amount })),
    change: sale.change,
  };
}
