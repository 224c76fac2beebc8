import type { Amount } from "@holdfast/domain/money/amount";
import { parseAmount } from "@holdfast/domain/money/currency";
import { TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./AmountField.module.css";
import { useShop } from "./use-counter.ts";

export type AmountFieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly focused?: boolean;
};

/** An amount in the shop's currency, typed with a point or a comma. */
export function AmountField({ label, hint, text, onText, focused = false }: AmountFieldProps): ReactNode {
  const { rules } = useShop();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.select();
  }, [focused]);
  return (
    <TextInput
      ref={input}
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      classNames={{ input: classes.amountInput ?? "" }}
      size="touch"
      inputMode="decimal"
      autoComplete="off"
      maxLength={16}
      data-autofocus={focused || undefined}
      rightSection={<span className={classes.currency}>{rules.currency}</span>}
      rightSectionWidth={56}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

/** Null where it is no amount of the shop's currency, or less than nothing. */
export function useAmount(text: string): Amount | null {
  const { rules } = useShop();
  const amount = parseAmount(text.trim().replace(",", "."), rules.currency);
  return amount === null || amount < 0 ? null : amount;
}
