import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import classes from "./PaperView.module.css";
import type { Paper, PaperBlock } from "./paper.ts";

/** Only who shows paper needs it. */
const QrCode = lazy(async () => ({ default: (await import("@holdfast/ui/QrCode.tsx")).QrCode }));

const CODE_PIXELS = 240;

export type PaperViewProps = { readonly paper: Paper; readonly label: string };

/** A receipt on the screen: the same strips that the printer gets. */
export function PaperView({ paper, label }: PaperViewProps): ReactNode {
  const isCopy = paper.kind !== "slip" && paper.copy;
  return (
    <article className={classes.paper} aria-label={label} data-testid={paper.kind} data-copy={isCopy || undefined}>
      {paper.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: strips of paper have no name but their place
        <Strip key={index} block={block} />
      ))}
    </article>
  );
}

function Strip({ block }: { readonly block: PaperBlock }): ReactNode {
  const { t } = useTranslation();
  if (block.kind === "rule") return <hr className={classes.rule} />;
  if (block.kind === "code") {
    return (
      <Suspense fallback={<div className={classes.code} />}>
        <div className={classes.code} data-code={block.text}>
          <QrCode text={block.text} label={t("receipt.codeHint")} size={CODE_PIXELS} />
        </div>
      </Suspense>
    );
  }
  if (block.kind !== "row") return <p className={classes[block.kind]}>{block.text}</p>;
  return (
    <p className={classes.row} data-weight={block.weight}>
      <bdi>{block.start}</bdi>
      <bdi>{block.end}</bdi>
    </p>
  );
}
