import type { Result } from "@holdfast/domain/kernel/result";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReadSymbols } from "../../receipt/code/symbols.ts";
import type { FindRefusal } from "../../return/return-desk.ts";
import { useCounter, useShop, useValue } from "../../shell/use-counter.ts";
import { CameraScan } from "./CameraScan.tsx";
import classes from "./Returns.module.css";

export type FindReceiptProps = {
  readonly symbols: ReadSymbols | null;
  readonly refusal: FindRefusal | null;
  readonly onRefusal: (refusal: FindRefusal | null) => void;
  readonly onScan: (text: string) => void;
};

const RECENT_MAX = 8;

/** By its code from any till, by its number, or among what was sold here lately. */
export function FindReceipt({ symbols, refusal, onRefusal, onScan }: FindReceiptProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { returns, sales } = useCounter();
  const { rules } = useShop();
  const briefs = useValue(sales.briefs);
  const [number, setNumber] = useState("");
  const [isCamera, setCamera] = useState(false);
  const found = (decided: Result<unknown, FindRefusal>): void => onRefusal(decided.ok ? null : decided.refusal);
  const find = (event: FormEvent): void => {
    event.preventDefault();
    if (number.trim() !== "") void returns.findByNumber(number).then(found);
  };
  return (
    <>
      <Panel title={t("returns.findTitle")}>
        <div className={classes.find}>
          <div className={classes.scan}>
            <span className={classes.scanIcon}>
              <Icon name="barcode" size={36} />
            </span>
            <p className={classes.text}>{t("returns.scanText")}</p>
            {symbols === null ? null : (
              <p className={classes.progress} role="status">
                {t("returns.symbols", { have: symbols.parts.size, of: symbols.count })}
              </p>
            )}
            <Button size="touch" variant="default" onClick={() => setCamera(!isCamera)}>
              {t(isCamera ? "returns.cameraOff" : "returns.camera")}
            </Button>
            {isCamera ? <CameraScan onScan={onScan} /> : null}
          </div>
          <form className={classes.byNumber} onSubmit={find}>
            <TextInput
              label={t("returns.number")}
              description={t("returns.numberHint")}
              size="touch"
              autoComplete="off"
              maxLength={40}
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
            <Button type="submit" size="touch" variant="default">
              {t("returns.find")}
            </Button>
          </form>
        </div>
        {refusal === null ? null : <ErrorNotice message={refusalText(refusal, t)} />}
        <div className={classes.noReceipt}>
          <p className={classes.text}>{t("returns.noReceiptText")}</p>
          <Button size="touch" variant="default" onClick={() => returns.beginBlind(number.trim())}>
            {t("returns.noReceiptStart")}
          </Button>
        </div>
      </Panel>
      {briefs.length === 0 ? null : (
        <Panel title={t("returns.recent")} flush>
          <ul className={classes.recent}>
            {briefs.slice(0, RECENT_MAX).map((brief) => (
              <li key={brief.sale}>
                <button
                  type="button"
                  className={classes.recentSale}
                  onClick={() => void returns.findOwn(brief.sale).then(found)}
                >
                  <bdi className={classes.recentNumber}>{brief.number}</bdi>
                  <span className={classes.recentTime}>{formats.dateTime(brief.at)}</span>
                  <span className={classes.recentTotal}>{formats.money(brief.total, rules)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function refusalText(refusal: FindRefusal, t: TFunction<"terminal">): string {
  const of = {
    series: "series" in refusal ? refusal.series : "",
    terminal: "terminal" in refusal ? refusal.terminal : "",
    number: "number" in refusal ? refusal.number : "",
    currency: "currency" in refusal ? refusal.currency : "",
  };
  return t(`returns.refusal.${refusal.kind}`, of);
}
