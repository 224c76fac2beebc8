import { unreachable } from "@holdfast/domain/kernel/assert";
import type ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import type { Paper, PaperBlock } from "../../receipt/paper.ts";
import { layoutRow } from "./layout.ts";

/** What has to be known of a printer to talk to it. */
export type PrinterModel = {
  readonly language: "esc-pos" | "star-prnt" | "star-line";
  /** Characters in a line: 48 or 42 on paper 80 mm wide, 32 on 58 mm. */
  readonly columns: number;
};

/** A paper in the printer's own language. The encoder is large and loaded with the first one. */
export async function encodePaper(paper: Paper, { language, columns }: PrinterModel): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await createEncoder({ language, columns });
  encoder.initialize().codepage("auto");
  for (const block of paper.blocks) encodeBlock(encoder, block, columns);
  encoder.newline(3).cut("partial");
  return encoded(encoder);
}

/** The pulse that opens a drawer at the printer's first connector. */
export async function encodeDrawerPulse(model: PrinterModel): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await createEncoder(model);
  return encoded(encoder.initialize().pulse(0, 100, 500));
}

async function createEncoder({ language, columns }: PrinterModel): Promise<ReceiptPrinterEncoder> {
  const { default: Encoder } = await import("@point-of-sale/receipt-printer-encoder");
  return new Encoder({ language, columns, errors: "relaxed" });
}

function encoded(encoder: ReceiptPrinterEncoder): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encoder.encode());
}

function encodeBlock(encoder: ReceiptPrinterEncoder, block: PaperBlock, columns: number): void {
  switch (block.kind) {
    case "title":
      encoder.align("center").bold(true).size(2, 2).line(block.text).size(1, 1).bold(false).align("left");
      return;
    case "centre":
      encoder.align("center").line(block.text).align("left");
      return;
    case "mark":
      encoder.align("center").bold(true).invert(true).size(2, 2).line(` ${block.text} `);
      encoder.size(1, 1).invert(false).bold(false).align("left");
      return;
    case "rule":
      encoder.rule({ style: "single" });
      return;
    case "row":
      encodeRow(encoder, block, columns);
      return;
    case "code":
      encoder.align("center").qrcode(block.text, { model: 2, size: 4, errorlevel: "m" }).align("left");
      return;
    default:
      unreachable(block);
  }
}

function encodeRow(encoder: ReceiptPrinterEncoder, row: PaperBlock & { readonly kind: "row" }, columns: number): void {
  const isStrong = row.weight === "strong";
  if (isStrong) encoder.bold(true).size(1, 2);
  for (const line of layoutRow(row.start, row.end, columns)) encoder.line(line);
  if (isStrong) encoder.size(1, 1).bold(false);
}
