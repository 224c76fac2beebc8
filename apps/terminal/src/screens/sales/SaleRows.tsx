import type { Uuid } from "@holdfast/domain/kernel/id";
import { Money } from "@holdfast/ui/Money.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SaleBrief } from "../../sale/own-sales.ts";
import { ResidencePill } from "../../sale/ResidencePill.tsx";
import { residenceOf } from "../../sale/residence.ts";
import { useCounter, useShop, useValue } from "../../shell/use-counter.ts";
import classes from "./SalesScreen.module.css";

export type SaleRowsProps = {
  readonly briefs: readonly SaleBrief[];
  readonly chosen: Uuid | null;
  readonly onChoose: (sale: Uuid) => void;
};

const ROWS_AT_ONCE = 50;

export function SaleRows({ briefs, chosen, onChoose }: SaleRowsProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { terminal, returned } = useCounter();
  const { rules } = useShop();
  // Where a sale lives changes with what the server confirms.
  useValue(terminal.status);
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  return (
    <section className={classes.rows} aria-label={t("sales.list")}>
      <ul className={classes.list}>
        {briefs.slice(0, shown).map((brief) => (
          <li key={brief.sale}>
            <button
              type="button"
              className={classes.row}
              aria-pressed={brief.sale === chosen}
              onClick={() => onChoose(brief.sale)}
            >
              <span className={classes.number}>
                {brief.number}
                <span className={classes.detail}>
                  {formats.dateTime(brief.at)} · {brief.cashierName} ·{" "}
                  {[...new Set(brief.tenders)].map((kind) => t(`tender.${kind}`)).join(", ")}
                </span>
              </span>
              {brief.isPostVoid ? <StatusPill tone="warn">{t("undo.undoes")}</StatusPill> : null}
              {returned.isUndone(brief.sale) ? <StatusPill tone="danger">{t("undo.undone")}</StatusPill> : null}
              <ResidencePill residence={residenceOf(brief, terminal.outbox)} />
              <span className={classes.total}>
                <Money amount={brief.total} currency={rules} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {briefs.length > shown ? (
        <button type="button" className={classes.more} onClick={() => setShown(shown + ROWS_AT_ONCE)}>
          {t("sales.more")}
        </button>
      ) : null}
    </section>
  );
}
