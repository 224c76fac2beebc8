import type { Receipt } from "@holdfast/domain/receipt/receipt";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { ShiftReport } from "@holdfast/domain/till/z-report";
import type { Formats } from "@holdfast/ui/format";
import type { TFunction } from "i18next";

/** One strip of paper. Printer and screen show the same strips, each in its own way. */
export type PaperBlock =
  | { readonly kind: "title" | "centre" | "mark"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "row"; readonly start: string; readonly end: string; readonly weight?: "strong" | "small" }
  /** A QR code. */
  | { readonly kind: "code"; readonly text: string };

/** What comes out of a printer. */
export type Paper = ReceiptPaper | ReportPaper | SlipPaper;

/** `copy` marks every print but the first. */
export type ReceiptPaper = {
  readonly kind: "receipt";
  readonly sale: Sale;
  readonly receipt: Receipt;
  readonly copy: boolean;
  readonly blocks: readonly PaperBlock[];
};

export type ReportPaper = {
  readonly kind: "report";
  readonly report: ShiftReport;
  readonly copy: boolean;
  readonly blocks: readonly PaperBlock[];
};

/** Proof of a cash movement, or of a drawer opened without a sale: signed and put into the drawer. */
export type SlipPaper = {
  readonly kind: "slip";
  readonly slip: Slip;
  readonly blocks: readonly PaperBlock[];
};

export type Slip = {
  readonly id: string;
  readonly act: string;
  readonly amount: number | null;
  readonly reason: string;
};

export type PaperLanguage = { readonly t: TFunction<"terminal">; readonly formats: Formats };

/** What a customer holds in their hand, or a manager in the safe, as plain facts: against them all else can be checked. */
export type PaperFacts =
  | ReceiptFacts
  | { readonly kind: "report"; readonly report: ShiftReport; readonly copy: boolean }
  | SlipFacts;

type SlipFacts = { readonly kind: "slip" } & Slip;

export type ReceiptFacts = {
  readonly kind: "receipt";
  readonly sale: string;
  readonly number: string;
  readonly copy: boolean;
  readonly training: boolean;
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
  readonly codes: readonly string[];
};

export function paperFacts(paper: Paper): PaperFacts {
  if (paper.kind === "report") return { kind: "report", report: paper.report, copy: paper.copy };
  if (paper.kind === "slip") return { kind: "slip", ...paper.slip };
  const { sale, receipt, copy } = paper;
  const facts = sale.lines.map(({ line, variant, name, quantity, incTax }) => ({
    ...{ line, variant, name, units: quantity.units, amount: incTax },
  }));
  return {
    kind: "receipt",
    sale: sale.sale,
    number: receipt.number,
    copy,
    training: sale.training,
    lines: facts,
    total: receipt.total,
    tax: receipt.tax,
    tenders: sale.tenders.map(({ kind, amount }) => ({ kind, amount })),
    change: sale.change,
    codes: receipt.codes,
  };
}
