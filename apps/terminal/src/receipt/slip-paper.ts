import type { CashMoved, DrawerOpened } from "@holdfast/domain/till/shift-events";
import type { PaperBlock, PaperLanguage, SlipPaper } from "./paper.ts";
import type { ReportPlace } from "./report-paper.ts";
import { wallText } from "./wall-text.ts";

/** What goes into the drawer as proof that cash was moved, or the drawer opened, without a sale. */
export function slipPaper(
  act: CashMoved | DrawerOpened,
  { place, by }: { readonly place: ReportPlace; readonly by: string },
  { t, formats }: PaperLanguage,
): SlipPaper {
  const isMove = act.kind === "cash-moved";
  const kind = isMove ? act.movementKind : "no-sale";
  const row = (start: string, end: string, weight?: "strong"): PaperBlock => ({
    ...{ kind: "row", start, end },
    ...(weight === undefined ? {} : { weight }),
  });
  const reference = isMove ? act.reference : undefined;
  const blocks: PaperBlock[] = [
    { kind: "title", text: place.merchant },
    { kind: "centre", text: `${place.branch} · ${place.terminal}` },
    { kind: "mark", text: t(`report.slip.${kind}`) },
    { kind: "rule" },
    ...(isMove ? [row(t("receipt.total"), formats.money(act.amount, place.currency), "strong")] : []),
    row(t("report.slip.reason"), act.reason),
    ...(reference === undefined ? [] : [row(t("report.slip.reference"), reference)]),
    ...(act.approval === undefined ? [] : [row(t("report.slip.approvedBy"), act.approval.approverName)]),
    row(t("report.slip.by"), by),
    row(t("report.slip.at"), wallText(act.at)),
    { kind: "rule" },
    row(t("report.slip.signature"), "______________"),
  ];
  const id = isMove ? act.movement : act.opening;
  return { kind: "slip", slip: { id, act: kind, amount: isMove ? act.amount : null, reason: act.reason }, blocks };
}
