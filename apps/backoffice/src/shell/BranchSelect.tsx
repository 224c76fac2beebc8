import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "./use-me.ts";

export type BranchSelectProps = {
  readonly value: string | undefined;
  readonly onSelect: (branch: string | undefined) => void;
  readonly hideLabel?: boolean;
};

/** One branch, or all; not there where the shop has only one. */
export function BranchSelect({ value, onSelect, hideLabel = false }: BranchSelectProps): ReactNode {
  const { t } = useTranslation();
  const { branches } = useMe();
  if (branches.length < 2) return null;
  return (
    <NativeSelect
      {...(hideLabel ? { "aria-label": t("app.branch") } : { label: t("app.branch") })}
      value={value ?? ""}
      onChange={(event) => onSelect(event.currentTarget.value || undefined)}
      data={[
        { value: "", label: t("app.allBranches") },
        ...branches.map(({ branch, name }) => ({ value: branch, label: name })),
      ]}
    />
  );
}
