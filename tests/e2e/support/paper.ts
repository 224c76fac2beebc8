import type { Page } from "@playwright/test";
import type { PaperFacts, ReceiptFacts } from "../../../apps/terminal/src/receipt/paper.ts";

/** What the books have to show of a receipt. */
export type SalePaper = Omit<ReceiptFacts, "kind" | "training" | "codes">;

export type ReportPaper = Extract<PaperFacts, { readonly kind: "report" }>;

/** What the customers of one till hold in their hands: written down outside the browser, so that nothing there can change it. */
export type PaperRoll = {
  readonly papers: SalePaper[];
  /** X and Z reports, as they came out. */
  readonly reports: ReportPaper["report"][];
  /** Texts of the codes on each receipt, by its sale. */
  readonly codes: Map<string, readonly string[]>;
  /** Receipts of training: they are in no books. */
  readonly training: string[];
};

export function newPaperRoll(): PaperRoll {
  return { papers: [], reports: [], codes: new Map(), training: [] };
}

/** Papers as they were handed out first; a second print of one is no second sale. */
export function firstPrints({ papers }: Pick<PaperRoll, "papers">): SalePaper[] {
  return papers.filter(({ copy }) => !copy);
}

export async function recordPaper(context: ReturnType<Page["context"]>, roll: PaperRoll): Promise<void> {
  await context.exposeBinding("__paper", (_source, json: string) => note(JSON.parse(json) as PaperFacts, roll));
}

function note(facts: PaperFacts, roll: PaperRoll): void {
  if (facts.kind === "report") roll.reports.push(facts.report);
  if (facts.kind !== "receipt") return;
  const { kind: _kind, training, codes, ...paper } = facts;
  if (training) {
    roll.training.push(paper.sale);
    return;
  }
  roll.codes.set(paper.sale, codes);
  roll.papers.push(paper);
}
