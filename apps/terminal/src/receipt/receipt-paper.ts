import { decimalToText } from "@holdfast/domain/money/decimal";
import type {
  Receipt,
  ReceiptDiscount,
  ReceiptLine,
  ReceiptPrint,
  ReceiptRate,
} from "@holdfast/domain/receipt/receipt";
import { receiptOf } from "@holdfast/domain/receipt/receipt";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { PaperBlock, PaperLanguage, ReceiptPaper } from "./paper.ts";
import { wallText } from "./wall-text.ts";

/** The receipt of a sale: everything that has to stand on it, and nothing that the sale does not say itself. */
export function receiptPaper(sale: Sale, print: ReceiptPrint, language: PaperLanguage): ReceiptPaper {
  const receipt = receiptOf(sale, print);
  return { kind: "receipt", sale, receipt, copy: print.isCopy, blocks: receiptBlocks(receipt, language) };
}

/** Strips of a receipt, from its model alone: paper, screen and mail are the same. */
function receiptBlocks(receipt: Receipt, language: PaperLanguage): PaperBlock[] {
  const { t } = language;
  const marks = receipt.marks.map((mark): PaperBlock => ({ kind: "mark", text: t(`receipt.mark.${mark}`) }));
  const isTraining = receipt.marks.includes("training");
  const rule: PaperBlock = { kind: "rule" };
  return [
    ...headBlocks(receipt, language),
    ...marks,
    ...(isTraining ? [{ kind: "centre", text: t("receipt.trainingText") } as const] : []),
    rule,
    ...receipt.lines.flatMap((line) => lineBlocks(line, receipt, language)),
    rule,
    ...totalBlocks(receipt, language),
    ...tenderBlocks(receipt, language),
    rule,
    ...rateBlocks(receipt, language),
    ...customerBlocks(receipt, language),
    ...originalBlocks(receipt, language),
    ...placeBlocks(receipt, language),
    ...(receipt.seller.footer === "" ? [] : [{ kind: "centre", text: receipt.seller.footer } as const]),
    ...codeBlocks(receipt, language),
    ...marks,
  ];
}

function headBlocks({ seller }: Receipt, { t }: PaperLanguage): PaperBlock[] {
  const taxNumber = seller.taxNumber === "" ? "" : t("receipt.taxNumber", { number: seller.taxNumber });
  const lines = [seller.branch, seller.address, taxNumber].filter((text) => text !== "");
  return [{ kind: "title", text: seller.name }, ...lines.map((text) => ({ kind: "centre", text }) as const)];
}

function lineBlocks(line: ReceiptLine, receipt: Receipt, language: PaperLanguage): PaperBlock[] {
  const { formats, t } = language;
  const { quantity } = line;
  const isOne = quantity.unit === "each" && quantity.units === 10 ** quantity.scale;
  const each = `${formats.quantity(quantity)} × ${formats.price(line.unitPrice, receipt)}`;
  const listed = line.listed === null ? "" : t("receipt.listed", { price: formats.price(line.listed, receipt) });
  const details = [isOne ? "" : each, listed, ...goodsDetails(line, language)].filter((text) => text !== "");
  return [
    { kind: "row", start: line.name, end: `${formats.amount(line.extended, receipt)} ${line.rates}`.trim() },
    ...details.map((start) => ({ kind: "row", start, end: "", weight: "small" }) as const),
    ...line.discounts.map((discount) => discountBlock(discount, receipt, language)),
  ];
}

function goodsDetails({ serials, lot, expiry, giftCard, note }: ReceiptLine, { t, formats }: PaperLanguage): string[] {
  return [
    ...serials.map((serial) => t("receipt.serial", { serial })),
    ...(lot === null ? [] : [t("receipt.lot", { lot })]),
    ...(expiry === null ? [] : [t("receipt.expiry", { day: formats.day(expiry) })]),
    ...(giftCard === null ? [] : [t("receipt.giftCard", { card: giftCard })]),
    ...(note === null ? [] : [note]),
  ];
}

function discountBlock(
  { reason, amount, percentPpm }: ReceiptDiscount,
  receipt: Receipt,
  language: PaperLanguage,
): PaperBlock {
  const { t, formats } = language;
  const name = reason === "" ? t("receipt.discountUnnamed") : reason;
  const start =
    percentPpm === null
      ? t("receipt.discount", { reason: name })
      : t("receipt.discountPercent", { reason: name, percent: formats.percent(percentPpm / 1_000_000) });
  return { kind: "row", start, end: formats.amount(-amount, receipt), weight: "small" };
}

function totalBlocks(receipt: Receipt, { t, formats }: PaperLanguage): PaperBlock[] {
  const { orderDiscount, pricesIncludeTax } = receipt;
  const row = (start: string, amount: number): PaperBlock => ({
    kind: "row",
    start,
    end: formats.amount(amount, receipt),
  });
  return [
    ...(orderDiscount === 0 ? [] : [row(t("receipt.orderDiscount"), -orderDiscount)]),
    ...(pricesIncludeTax ? [] : [row(t("receipt.subtotal"), receipt.exTax), row(t("receipt.taxOnTop"), receipt.tax)]),
    { kind: "row", start: t("receipt.total"), end: formats.money(receipt.total, receipt), weight: "strong" },
  ];
}

function tenderBlocks(receipt: Receipt, { t, formats }: PaperLanguage): PaperBlock[] {
  const { tenders, cash, cashRounding } = receipt;
  const small = (start: string, amount: number): PaperBlock => ({
    ...{ kind: "row", start, end: formats.amount(amount, receipt), weight: "small" },
  });
  return [
    ...tenders.map(({ kind, amount, reference }): PaperBlock => {
      const name = t(`tender.${kind}`);
      const start = reference === null || reference === "" ? name : t("receipt.withReference", { name, reference });
      return { kind: "row", start, end: formats.amount(amount, receipt) };
    }),
    ...(cashRounding === 0 ? [] : [small(t("receipt.cashRounding"), cashRounding)]),
    ...(cash === null || cash.change === 0
      ? []
      : [{ kind: "row", start: t("receipt.change"), end: formats.amount(cash.change, receipt) } as const]),
  ];
}

/** Anybody can check the tax: rate, net, tax and both together, and by its letter the lines it is of. */
function rateBlocks(receipt: Receipt, { t, formats }: PaperLanguage): PaperBlock[] {
  if (receipt.rates.length === 0) return [];
  const small = (start: string, end: string): PaperBlock => ({ kind: "row", start, end, weight: "small" });
  const figures = ({ exTax, amount, incTax }: ReceiptRate): string => {
    const [net, tax, gross] = [exTax, amount, incTax].map((each) => formats.amount(each, receipt));
    return `${net} + ${tax} = ${gross}`;
  };
  return [
    small(t("receipt.taxHead"), t("receipt.taxHeadFigures")),
    ...receipt.rates.map((rate) =>
      small(
        t("receipt.taxRate", { letter: rate.letter, name: rate.name, rate: rateText(rate, formats) }),
        figures(rate),
      ),
    ),
    { kind: "rule" },
  ];
}

/** A tax is often named by its rate already. */
function rateText({ name, rate }: ReceiptRate, formats: PaperLanguage["formats"]): string {
  if (rate.kind === "fixed") return decimalToText(rate.perUnit);
  const percent = formats.percent(rate.ratePpm / 1_000_000);
  return name.includes(percent) || name.includes(`${rate.ratePpm / 10_000}`) ? "" : percent;
}

function customerBlocks({ customer }: Receipt, { t }: PaperLanguage): PaperBlock[] {
  if (customer === null) return [];
  const { name, taxId, exemption } = customer;
  return [
    { kind: "row", start: t("receipt.customer"), end: name, weight: "small" },
    ...(taxId === null
      ? []
      : [{ kind: "row", start: t("receipt.customerTaxId"), end: taxId, weight: "small" } as const]),
    ...(exemption === null ? [] : [{ kind: "centre", text: t("receipt.exemption", { reason: exemption }) } as const]),
  ];
}

function originalBlocks({ originals, marks }: Receipt, { t, formats }: PaperLanguage): PaperBlock[] {
  const start = t(marks.includes("post-void") ? "receipt.voids" : "receipt.original");
  return originals.map((original) => {
    const end =
      original.sale === null
        ? t("receipt.typedOriginal", { number: original.number, day: formats.day(original.day) })
        : (original.number ?? t("receipt.unknownOriginal"));
    return { kind: "row", start, end, weight: "small" };
  });
}

function placeBlocks(receipt: Receipt, { t, formats }: PaperLanguage): PaperBlock[] {
  const small = (start: string, end: string): PaperBlock => ({ kind: "row", start, end, weight: "small" });
  return [
    small(t("receipt.number"), receipt.number),
    small(t("receipt.started"), wallText(receipt.startedAt)),
    small(t("receipt.time"), wallText(receipt.completedAt)),
    small(t("receipt.businessDay"), formats.day(receipt.businessDay)),
    small(t("receipt.terminal"), receipt.seller.terminal),
    small(t("receipt.cashier"), receipt.cashier),
    ...(receipt.note === "" ? [] : [{ kind: "centre", text: receipt.note } as const]),
  ];
}

function codeBlocks({ codes, signature }: Receipt, { t }: PaperLanguage): PaperBlock[] {
  if (codes.length === 0) return [];
  const count = codes.length;
  return [
    { kind: "rule" },
    ...codes.flatMap((text, index): PaperBlock[] => [
      { kind: "code", text },
      ...(count === 1 ? [] : [{ kind: "centre", text: t("receipt.codePart", { place: index + 1, count }) } as const]),
    ]),
    { kind: "centre", text: t("receipt.codeHint") },
    ...(signature === null
      ? []
      : [{ kind: "row", start: t("receipt.signature"), end: signature, weight: "small" } as const]),
  ];
}
