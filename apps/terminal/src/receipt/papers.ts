import type { Uuid } from "@holdfast/domain/kernel/id";
import type { ReceiptSeller } from "@holdfast/domain/receipt/receipt";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { CashMoved, DrawerOpened } from "@holdfast/domain/till/shift-events";
import type { ShiftReport } from "@holdfast/domain/till/z-report";
import type { Formats } from "@holdfast/ui/format";
import type { Shop } from "../shell/shop.ts";
import { type ReceiptCode, receiptCode } from "./code/receipt-code.ts";
import type { PaperLanguage, ReceiptPaper, ReportPaper, SlipPaper } from "./paper.ts";
import { receiptPaper } from "./receipt-paper.ts";
import { type ReportPlace, type ReportPrint, reportPaper } from "./report-paper.ts";
import { slipPaper } from "./slip-paper.ts";

export type PapersPorts = {
  readonly shop: () => Shop;
  readonly terminal: string;
  readonly sign: (text: string) => Promise<string>;
  readonly t: PaperLanguage["t"];
  readonly formats: () => Formats;
  /** The receipt number of a sale that this till knows, for what came back from it. */
  readonly numberOf: (sale: Uuid) => string | null;
};

const CODES_KEPT_MAX = 200;

/** Makes everything that comes out of this till's printer. */
export class Papers {
  readonly #ports: PapersPorts;
  /** A signature is another one each time: within one run of the app a copy shows the very code of its original. */
  readonly #codes = new Map<Uuid, Promise<ReceiptCode | null>>();

  constructor(ports: PapersPorts) {
    this.#ports = ports;
  }

  async receipt(sale: Sale, { copy }: { readonly copy: boolean }): Promise<ReceiptPaper> {
    const code = await this.#codeOf(sale);
    const originals = sale.lines.flatMap((line) => (line.original === undefined ? [] : [line.original.sale]));
    const known = [...originals, ...(sale.postVoidOf === undefined ? [] : [sale.postVoidOf])].flatMap((each) => {
      const number = this.#ports.numberOf(each);
      return number === null ? [] : [[each, number] as const];
    });
    return receiptPaper(
      sale,
      {
        seller: this.#seller(),
        isCopy: copy,
        numbersBySale: new Map(known),
        codes: code?.symbols ?? [],
        signature: code?.signature ?? null,
      },
      this.#language(),
    );
  }

  report(report: ShiftReport, print: ReportPrint): ReportPaper {
    return reportPaper(report, this.#place(), { ...print, ...this.#language() });
  }

  slip(act: CashMoved | DrawerOpened, by: string): SlipPaper {
    return slipPaper(act, { place: this.#place(), by }, this.#language());
  }

  #codeOf(sale: Sale): Promise<ReceiptCode | null> {
    const known = this.#codes.get(sale.sale);
    if (known !== undefined) return known;
    const code = receiptCode(sale, this.#ports.sign);
    this.#codes.set(sale.sale, code);
    const [oldest] = this.#codes.keys();
    if (this.#codes.size > CODES_KEPT_MAX && oldest !== undefined) this.#codes.delete(oldest);
    return code;
  }

  #language(): PaperLanguage {
    return { t: this.#ports.t, formats: this.#ports.formats() };
  }

  #seller(): ReceiptSeller {
    const { merchant, branch } = this.#ports.shop();
    return {
      ...{ name: merchant.name, taxNumber: merchant.taxNumber, branch: branch.name, address: branch.address },
      ...{ terminal: this.#ports.terminal, footer: branch.receiptFooter },
    };
  }

  #place(): ReportPlace {
    const { merchant, branch, rules } = this.#ports.shop();
    return { merchant: merchant.name, branch: branch.name, terminal: this.#ports.terminal, currency: rules };
  }
}
