import type { Paper } from "../../receipt/paper.ts";

/** What keeps paper from coming out, as far as a printer tells. */
export type PrinterFault = "out-of-paper" | "unplugged" | "no-answer";

export class PrinterFailure extends Error {
  override readonly name = "PrinterFailure";
  readonly reason: PrinterFault;

  constructor(reason: PrinterFault, cause?: unknown) {
    super(`the printer failed: ${reason}`, { cause });
    this.reason = reason;
  }
}

export type Printer = {
  /** Resolves when the paper is out. Throws a `PrinterFailure`. */
  readonly print: (paper: Paper) => Promise<void>;
  /** Opens the drawer, which hangs on the printer. Throws a `PrinterFailure`. */
  readonly openDrawer: () => Promise<void>;
};

/** What to tell a cashier of a print that failed. */
export function printerReason(error: unknown): PrinterFault | "unknown" {
  return error instanceof PrinterFailure ? error.reason : "unknown";
}
