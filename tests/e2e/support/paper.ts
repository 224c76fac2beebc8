import type { Page } from "@playwright/test";
import type { PaperFacts } from "../../../apps/terminal/src/receipt/paper.ts";

/** What the customers of one till hold in their hands: written down outside the browser, so that nothing there can change it. */
export type PaperRoll = { readonly papers: PaperFacts[] };

/** Papers as they were handed out first; a second print of one is no second sale. */
export function firstPrints({ papers }: PaperRoll): PaperFacts[] {
  return papers.filter(({ copy }) => !copy);
}

export async function recordPaper(context: ReturnType<Page["context"]>, roll: PaperRoll): Promise<void> {
  await context.exposeBinding("__paper", (_source, json: string) => {
    roll.papers.push(JSON.parse(json) as PaperFacts);
  });
}
