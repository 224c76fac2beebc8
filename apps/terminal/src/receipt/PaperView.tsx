import type { ReactNode } from "react";
import classes from "./PaperView.module.css";
import type { Paper, PaperBlock } from "./paper.ts";

export type PaperViewProps = { readonly paper: Paper; readonly label: string };

/** A receipt on the screen: the same strips that the printer gets. */
export function PaperView({ paper, label }: PaperViewProps): ReactNode {
  return (
    <article className={classes.paper} aria-label={label} data-testid="receipt" data-copy={paper.copy || undefined}>
      {paper.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: strips of paper have no name but their place
        <Strip key={index} block={block} />
      ))}
    </article>
  );
}

function Strip({ block }: { readonly block: PaperBlock }): ReactNode {
  if (block.kind === "rule") return <hr className={classes.rule} />;
  if (block.kind !== "row") return <p className={classes[block.kind]}>{block.text}</p>;
  return (
    <p className={classes.row} data-weight={block.weight}>
      <bdi>{block.start}</bdi>
      <bdi>{block.end}</bdi>
    </p>
  );
}
