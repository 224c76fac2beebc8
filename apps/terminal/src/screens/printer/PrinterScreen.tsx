import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Weighed } from "../../devices/scale/scale.ts";
import { PaperView } from "../../receipt/PaperView.tsx";
import type { Paper } from "../../receipt/paper.ts";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./PrinterScreen.module.css";

const FAULTS = [null, "out-of-paper", "unplugged"] as const;

/** The printer that is made of a screen: what came out of it, and what it does when something is wrong with it. */
export function PrinterScreen(): ReactNode {
  const { t } = useTranslation();
  const { printer } = useCounter();
  const papers = useValue(printer.papers);
  const fault = useValue(printer.fault);
  return (
    <ScreenFrame
      title={t("screen.printer")}
      actions={
        <fieldset className={classes.faults} aria-label={t("virtualPrinter.condition")}>
          {FAULTS.map((each) => (
            <button
              key={each ?? "fine"}
              type="button"
              className={classes.fault}
              aria-pressed={each === fault}
              onClick={() => printer.fault.set(each)}
            >
              {each === null ? t("virtualPrinter.fine") : t(`printer.${each}`)}
            </button>
          ))}
        </fieldset>
      }
    >
      <ReaderCondition />
      <ScalePan />
      {papers.length === 0 ? (
        <EmptyState icon="printer" title={t("virtualPrinter.none")} text={t("virtualPrinter.noneText")} />
      ) : (
        <ol className={classes.papers}>
          {papers.map((paper, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a paper is known by when it came out
            <li key={papers.length - index}>
              <PaperView paper={paper} label={labelOf(paper)} />
            </li>
          ))}
        </ol>
      )}
    </ScreenFrame>
  );
}

function labelOf(paper: Paper): string {
  if (paper.kind === "receipt") return paper.receipt.number;
  const mark = paper.blocks.find((block) => block.kind === "mark");
  return mark?.kind === "mark" ? mark.text : "";
}

const PANS: readonly Weighed[] = [
  { kind: "weight", weight: { units: 250, scale: 3, unit: "kg" } },
  { kind: "weight", weight: { units: 742, scale: 3, unit: "kg" } },
  { kind: "weight", weight: { units: 1_305, scale: 3, unit: "kg" } },
  { kind: "fault", fault: "unstable" },
];

/** What lies on the virtual scale. */
function ScalePan(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { virtualScale } = useCounter();
  const pan = JSON.stringify(useValue(virtualScale.pan));
  return (
    <fieldset className={classes.faults} aria-label={t("scaleSettings.pan")}>
      {PANS.map((each) => (
        <button
          key={JSON.stringify(each)}
          type="button"
          className={classes.fault}
          aria-pressed={JSON.stringify(each) === pan}
          onClick={() => virtualScale.pan.set(each)}
        >
          {each.kind === "weight" ? formats.quantity(each.weight) : t("scaleSettings.unstable")}
        </button>
      ))}
    </fieldset>
  );
}

const CARDS = ["approve", "decline", "lose-approval", "lose-decline", "no-line"] as const;

/** What the next card does at the simulated reader. */
function ReaderCondition(): ReactNode {
  const { t } = useTranslation();
  const { reader } = useCounter();
  const behaviour = useValue(reader.behaviour);
  return (
    <fieldset className={classes.faults} aria-label={t("trust.condition")}>
      {CARDS.map((each) => (
        <button
          key={each}
          type="button"
          className={classes.fault}
          aria-pressed={each === behaviour}
          onClick={() => reader.behaviour.set(each)}
        >
          {t(`trust.behaviour.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
