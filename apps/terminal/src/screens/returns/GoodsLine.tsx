import { decimalToText } from "@holdfast/domain/money/decimal";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ReturnableLine } from "../../return/return-desk.ts";
import { useShop } from "../../shell/use-counter.ts";
import classes from "./Returns.module.css";

export type LineChoice = {
  /** How much, as it was typed. */
  readonly text: string;
  readonly restock: boolean;
  readonly serials: readonly string[];
};

const NOTHING: LineChoice = { text: "", restock: true, serials: [] };

export type GoodsLineProps = {
  readonly returnable: ReturnableLine;
  readonly choice: LineChoice | undefined;
  readonly onChoice: (choice: LineChoice) => void;
};

/** One line of a receipt: how much of it comes back, and whether it can be sold again. */
export function GoodsLine({ returnable: { line, left }, choice = NOTHING, onChoice }: GoodsLineProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rules } = useShop();
  const all = decimalToText(left);
  const serials = line.serials ?? [];
  const toggle = (serial: string): void => {
    const kept = choice.serials.includes(serial)
      ? choice.serials.filter((each) => each !== serial)
      : [...choice.serials, serial];
    onChoice({ ...choice, serials: kept, text: kept.length === 0 ? "" : String(kept.length) });
  };
  return (
    <li className={classes.line} data-chosen={choice.text !== "" || undefined}>
      <div className={classes.lineWords}>
        <span className={classes.name}>{line.name}</span>
        <span className={classes.text}>
          {t("returns.left", { left: formats.quantity(left), sold: formats.quantity(line.quantity) })} ·{" "}
          {formats.money(line.incTax, rules)}
        </span>
        {serials.length === 0 ? null : (
          <span className={classes.serials}>
            {serials.map((serial) => (
              <button
                key={serial}
                type="button"
                className={classes.reason}
                aria-pressed={choice.serials.includes(serial)}
                onClick={() => toggle(serial)}
              >
                {t("returns.serial", { serial })}
              </button>
            ))}
          </span>
        )}
      </div>
      <TextInput
        aria-label={t("returns.quantity", { name: line.name })}
        classNames={{ root: classes.quantity ?? "" }}
        size="touch"
        inputMode="decimal"
        autoComplete="off"
        placeholder="0"
        maxLength={12}
        value={choice.text}
        onChange={(event) => onChoice({ ...choice, text: event.currentTarget.value })}
      />
      <Button
        size="touch"
        variant="default"
        onClick={() => onChoice({ ...choice, text: choice.text === all ? "" : all, serials })}
      >
        {t(choice.text === all ? "returns.none" : "returns.all")}
      </Button>
      <button
        type="button"
        className={classes.reason}
        aria-pressed={!choice.restock}
        disabled={choice.text === ""}
        onClick={() => onChoice({ ...choice, restock: !choice.restock })}
      >
        {t("returns.restockNo")}
      </button>
    </li>
  );
}
