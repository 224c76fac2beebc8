import type { Paper } from "../../receipt/paper.ts";
import { createValue, type Value } from "../../shell/value.ts";
import { type Printer, PrinterFailure } from "./printer.ts";

/** A paper that lies ready for the browser to print, and how to say that all of it can be seen. */
export type Sheet = { readonly paper: Paper; readonly shown: () => void };

export type BrowserPrinter = Printer & {
  /** What is to be laid out now, for printing alone. */
  readonly sheet: Value<Sheet | null>;
};

/** Laying out a receipt takes moments; longer than this, nothing will come of it. */
const SHOWN_TIMEOUT_MS = 5_000;

/**
 * Prints by the browser's own dialog, on any printer that the system knows, a network's too; a browser in kiosk mode asks nobody.
 * It does not say whether paper came out, and the drawer is the system's printer's to open.
 */
export function browserPrinter(target: Pick<Window, "print">): BrowserPrinter {
  const sheet = createValue<Sheet | null>(null);
  return {
    sheet,
    print: async (paper) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const timer = setTimeout(() => reject(new PrinterFailure("no-answer")), SHOWN_TIMEOUT_MS);
      sheet.set({ paper, shown: resolve });
      try {
        await promise;
        target.print();
      } finally {
        clearTimeout(timer);
        sheet.set(null);
      }
    },
    openDrawer: async () => undefined,
  };
}
