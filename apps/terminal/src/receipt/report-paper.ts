import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { ShiftReport, Tally } from "@holdfast/domain/till/z-report";
import type { Currency } from "@holdfast/ui/format";
import type { PaperBlock, PaperLanguage, ReportPaper } from "./paper.ts";
import { wallText } from "./wall-text.ts";

export type ReportPlace = {
  readonly merchant: string;
  readonly branch: string;
  readonly terminal: string;
  readonly currency: Currency;
};

export type ReportPrint = {
  readonly copy: boolean;
  /** False leaves off what should be in the drawer: whoever counts it must not know. */
  readonly showsExpected: boolean;
};

/** A shift's report on paper: everything that a law of any country wants on it. */
export function reportPaper(
  report: ShiftReport,
  place: ReportPlace,
  { copy, showsExpected, ...language }: PaperLanguage & ReportPrint,
): ReportPaper {
  const strips = new Strips(place.currency, language);
  const blocks: PaperBlock[] = [
    { kind: "title", text: place.merchant },
    { kind: "centre", text: place.branch },
    { kind: "mark", text: language.t(`report.title.${report.kind}`) },
    ...(copy ? [{ kind: "mark", text: language.t("receipt.mark.copy") } as const] : []),
    ...headBlocks(report, place, language),
    { kind: "rule" },
    ...salesBlocks(report, strips),
    ...groupBlocks(report, strips),
    ...traceBlocks(report, strips),
    ...cashBlocks(report, strips, showsExpected),
    ...footBlocks(report, strips),
  ];
  return { kind: "report", report, copy, blocks };
}

/** Rows with amounts in one currency. */
class Strips {
  readonly language: PaperLanguage;
  readonly #currency: Currency;

  constructor(currency: Currency, language: PaperLanguage) {
    this.#currency = currency;
    this.language = language;
  }

  amount(start: string, amount: number, weight?: "strong" | "small"): PaperBlock {
    const end = this.language.formats.amount(amount, this.#currency);
    return { kind: "row", start, end, ...(weight === undefined ? {} : { weight }) };
  }

  text(start: string, end: string): PaperBlock {
    return { kind: "row", start, end, weight: "small" };
  }

  number(start: string, count: number): PaperBlock {
    return this.text(start, this.language.formats.number(count));
  }

  heading(text: string): PaperBlock[] {
    return [{ kind: "rule" }, { kind: "row", start: text, end: "", weight: "strong" }];
  }
}

function headBlocks(report: ShiftReport, place: ReportPlace, { t, formats }: PaperLanguage): PaperBlock[] {
  const small = (start: string, end: string): PaperBlock => ({ kind: "row", start, end, weight: "small" });
  return [
    ...(report.automatic ? [{ kind: "centre", text: t("report.automatic") } as const] : []),
    ...(report.zNumber === null ? [] : [small(t("report.zNumber"), formats.number(report.zNumber))]),
    small(t("report.printedBy"), place.terminal),
    small(t("report.businessDay"), formats.day(report.opened.businessDay)),
    small(t("report.from"), wallText(report.from)),
    small(t("report.to"), wallText(report.to)),
  ];
}

function salesBlocks(report: ShiftReport, strips: Strips): PaperBlock[] {
  const { t } = strips.language;
  const { sales, returns, discounts } = report;
  return [
    strips.amount(t("report.sales", { count: sales.count }), sales.amount),
    strips.amount(t("report.returns", { count: returns.count }), -returns.amount),
    strips.amount(t("report.net"), report.net, "strong"),
    strips.amount(t("report.gross"), report.gross, "small"),
    strips.amount(t("report.discounts", { count: discounts.count }), -discounts.amount, "small"),
  ];
}

function groupBlocks(report: ShiftReport, strips: Strips): PaperBlock[] {
  const { t, formats } = strips.language;
  const named = (name: string, count: number): string => t("report.counted", { name, count });
  return [
    ...strips.heading(t("report.byTender")),
    ...report.byTender.map(({ tender, count, amount }) => strips.amount(named(t(`tender.${tender}`), count), amount)),
    ...strips.heading(t("report.byRate")),
    ...report.byRate.flatMap(({ rate, exTax, amount }) => {
      const percent = rate.kind === "percent" ? ` ${formats.percent(rate.ratePpm / 1_000_000)}` : "";
      return [strips.amount(`${rate.name}${percent}`, amount), strips.amount(t("receipt.subtotal"), exTax, "small")];
    }),
    ...(report.untaxed === 0 ? [] : [strips.amount(t("report.untaxed"), report.untaxed, "small")]),
    ...strips.heading(t("report.byGroup")),
    ...report.byGroup.map(({ category, lines, incTax }) =>
      strips.amount(named(category ?? t("report.noGroup"), lines), incTax, "small"),
    ),
    ...strips.heading(t("report.byCashier")),
    ...report.byCashier.map(({ name, receipts, incTax }) => strips.amount(named(name, receipts), incTax, "small")),
  ];
}

const TRACES = [
  "storedValueSold",
  "storeCreditIssued",
  "onAccount",
  "accountPayments",
  "postVoids",
  "lineVoids",
  "cancelled",
  "copies",
  "proForma",
  "training",
] as const satisfies readonly {
  [Key in keyof ShiftReport]: ShiftReport[Key] extends Tally ? Key : never;
}[keyof ShiftReport][];

function traceBlocks(report: ShiftReport, strips: Strips): PaperBlock[] {
  const { t } = strips.language;
  return [
    { kind: "rule" },
    ...TRACES.map((trace) =>
      strips.amount(t(`report.${trace}`, { count: report[trace].count }), report[trace].amount, "small"),
    ),
    strips.number(t("report.priceLookups"), report.priceLookups),
    strips.number(t("report.drawerOpenings"), report.drawerOpenings),
  ];
}

function cashBlocks(
  { cash, movements, cashRounding }: ShiftReport,
  strips: Strips,
  showsExpected: boolean,
): PaperBlock[] {
  const { t } = strips.language;
  const kinds = ["paid-in", "paid-out", "pickup", "loan"] as const;
  const optional = (start: string, amount: number | null, weight?: "strong"): PaperBlock[] =>
    amount === null ? [] : [strips.amount(start, amount, weight)];
  return [
    ...strips.heading(t("report.cash")),
    strips.amount(t("report.float"), cash.float),
    ...kinds.map((kind) => {
      const { count, amount } = movements[kind];
      return strips.amount(
        t(`report.movement.${kind}`, { count }),
        kind === "paid-in" || kind === "loan" ? amount : -amount,
      );
    }),
    strips.amount(t("report.cashRounding"), cashRounding, "small"),
    ...(showsExpected ? [strips.amount(t("report.expected"), cash.expected)] : []),
    ...optional(t("report.found"), cash.counted),
    ...(cash.overShort === null
      ? []
      : optional(t(`report.${overShortWord(cash.overShort)}`), cash.overShort, "strong")),
    ...optional(t("report.left"), cash.left),
    ...optional(t("report.dropped"), cash.dropped),
  ];
}

function overShortWord(overShort: number): "over" | "short" | "exact" {
  if (overShort === 0) return "exact";
  return overShort > 0 ? "over" : "short";
}

function footBlocks(report: ShiftReport, strips: Strips): PaperBlock[] {
  const { t } = strips.language;
  const { grandTotals, firstReceipt, lastReceipt } = report;
  const receipts =
    firstReceipt === null || lastReceipt === null
      ? t("report.noReceipts")
      : `${receiptNumberToText(firstReceipt)} – ${receiptNumberToText(lastReceipt)}`;
  return [
    ...strips.heading(t("report.grandTotals")),
    strips.amount(t("report.grandSales"), grandTotals.sales),
    strips.amount(t("report.grandReturns"), grandTotals.returns),
    strips.amount(t("report.grandNet"), grandTotals.net),
    { kind: "rule" },
    strips.text(t("report.receipts"), receipts),
    strips.text(t("report.chain"), t(report.chainIntact ? "report.chainIntact" : "report.chainBroken")),
    strips.number(t("report.unsent"), report.unsent),
  ];
}
