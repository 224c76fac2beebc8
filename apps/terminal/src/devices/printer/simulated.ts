import { type Paper, paperFacts } from "../../receipt/paper.ts";
import { createValue, type Value } from "../../shell/value.ts";
import { type Printer, PrinterFailure, type PrinterFault } from "./printer.ts";

export type SimulatedPrinter = Printer & {
  /** What came out, the newest first. */
  readonly papers: Value<readonly Paper[]>;
  /** How often the drawer was opened. */
  readonly drawerOpenings: Value<number>;
  /** Set it to see what the till does when paper runs out. */
  readonly fault: Value<PrinterFault | null>;
};

declare global {
  interface Window {
    /** A test's own record of what customers were handed. */
    __paper?: (json: string) => unknown;
  }
}

const PAPERS_KEPT_MAX = 20;

/** A printer made of a list: for demonstrations, and for tests, to which paper is the only truth. */
export function simulatedPrinter(target: Window): SimulatedPrinter {
  const papers = createValue<readonly Paper[]>([]);
  const drawerOpenings = createValue(0);
  const fault = createValue<PrinterFault | null>(null);
  const check = (): void => {
    const broken = fault.get();
    if (broken !== null) throw new PrinterFailure(broken);
  };
  return {
    papers,
    drawerOpenings,
    fault,
    print: async (paper) => {
      check();
      await target.__paper?.(JSON.stringify(paperFacts(paper)));
      papers.set([paper, ...papers.get()].slice(0, PAPERS_KEPT_MAX));
    },
    openDrawer: async () => {
      check();
      drawerOpenings.set(drawerOpenings.get() + 1);
    },
  };
}
