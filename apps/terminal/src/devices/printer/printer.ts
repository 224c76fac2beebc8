import type { Paper } from "../../receipt/paper.ts";

/** What keeps paper from coming out, as far as a printer tells. */
export type PrinterFault = "out-of-paper" | "unplugged";

export class PrinterFailure extends Error {
  override readonly name = "PrinterFailure";
  readonly reason: PrinterFault;

  constructor(reason: PrinterFault) {
    super(`the printer failed: ${reason}`);
    this.reason = reason;
  }
}

export type Printer = {
  /** Resolves when the paper is out. Throws a `PrinterFailure`. */
  readonly print: (paper: Paper) => Promise<void>;
};
