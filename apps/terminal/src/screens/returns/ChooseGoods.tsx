import type { Quantity } from "@holdfast/domain/catalog/variant";
import { parseDecimal, rescale } from "@holdfast/domain/money/decimal";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ChosenLine, type Original, returnableLines, type TakeRefusal } from "../../return/return-desk.ts";
import { useCounter, useShop } from "../../shell/use-counter.ts";
import { GoodsLine, type LineChoice } from "./GoodsLine.tsx";
import { Reasons, type ReturnReason } from "./Reasons.tsx";
import classes from "./Returns.module.css";
import { TakeBar } from "./TakeBar.tsx";

/** What of a receipt comes back, why, and what is given back for it. */
export function ChooseGoods({ original }: { readonly original: Original }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { returns, place } = useCounter();
  const { rules } = useShop();
  const [choices, setChoices] = useState<Readonly<Record<number, LineChoice>>>({});
  const [reason, setReason] = useState<ReturnReason | null>(null);
  const [refusal, setRefusal] = useState<TakeRefusal | null>(null);
  const lines = returnableLines(original);
  const chosen = lines.flatMap(({ line }) => chosenLine(line.line, line.quantity, choices[line.line]));
  const value = chosen.length === 0 ? null : returns.preview(chosen);
  const take = async (): Promise<void> => {
    const taken = await returns.take(chosen, reason === null ? "" : t(`returns.reasons.${reason}`));
    if (taken.ok) place.set({ screen: "sell" });
    else setRefusal(taken.refusal);
  };
  return (
    <>
      <Panel>
        <div className={classes.head}>
          <div>
            <p className={classes.number}>
              <bdi>{original.number}</bdi>
            </p>
            <p className={classes.text}>
              {t("returns.soldOn", { time: formats.dateTime(original.completedAt) })} · {t("returns.total")}{" "}
              {formats.money(original.total, rules)}
            </p>
          </div>
          <StatusPill tone="success">{t(original.known === "own" ? "returns.own" : "returns.verified")}</StatusPill>
          <Button size="touch" variant="subtle" color="gray" onClick={() => returns.reset()}>
            {t("returns.other")}
          </Button>
        </div>
      </Panel>
      <Panel title={t("returns.lines")} flush>
        <ul className={classes.lines}>
          {lines.map((returnable) => (
            <GoodsLine
              key={returnable.line.line}
              returnable={returnable}
              choice={choices[returnable.line.line]}
              onChoice={(choice) => setChoices({ ...choices, [returnable.line.line]: choice })}
            />
          ))}
        </ul>
      </Panel>
      <Panel>
        <Reasons reason={reason} onReason={setReason} />
        {refusal === null ? null : <ErrorNotice message={t(`returns.refusal.${refusal.kind}`)} />}
        <TakeBar value={value} isReady={reason !== null} text={t("returns.takeText")} onTake={take} />
      </Panel>
    </>
  );
}

function chosenLine(line: number, sold: Quantity, choice: LineChoice | undefined): ChosenLine[] {
  const parsed = parseDecimal((choice?.text ?? "").trim().replace(",", "."));
  if (choice === undefined || parsed === null || parsed.units <= 0) return [];
  const fine = parsed.scale > sold.scale ? parsed : rescale(parsed, sold.scale, "down");
  const serials = choice.serials.length === 0 ? {} : { serials: choice.serials };
  return [{ line, quantity: { ...fine, unit: sold.unit }, restock: choice.restock, ...serials }];
}
