import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Range = { readonly from: string | undefined; readonly to: string | undefined };
export type DayRangeProps = Range & { readonly onChange: (change: Partial<Range>) => void };

/** Days from and to, both of them in; the browser keeps them in order. */
export function DayRange({ from, to, onChange }: DayRangeProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        type="date"
        label={t("app.from")}
        value={from ?? ""}
        {...(to === undefined ? {} : { max: to })}
        onChange={({ currentTarget: { value } }) => onChange({ from: value || undefined })}
      />
      <TextInput
        type="date"
        label={t("app.to")}
        value={to ?? ""}
        {...(from === undefined ? {} : { min: from })}
        onChange={({ currentTarget: { value } }) => onChange({ to: value || undefined })}
      />
    </>
  );
}
