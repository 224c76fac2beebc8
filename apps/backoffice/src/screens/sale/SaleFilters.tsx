import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { terminalsQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { BranchSelect } from "../../shell/BranchSelect.tsx";
import { DayRange } from "../../shell/DayRange.tsx";
import { Filters } from "../../shell/Filters.tsx";
import { SearchField } from "../../shell/SearchField.tsx";
import classes from "./SaleFilters.module.css";

const route = getRouteApi("/sales");

type Search = ReturnType<typeof route.useSearch>;

/** What narrows the list of sales. */
export function SaleFilters({ search }: { readonly search: Search }): ReactNode {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const terminals = useQuery(terminalsQuery(useApi()));
  const set = (change: Partial<Search>): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  const offered = (terminals.data?.terminals ?? []).filter(
    ({ branch }) => search.branch === undefined || branch === search.branch,
  );
  return (
    <Filters>
      <SearchField
        label={t("sales.search")}
        placeholder={t("sales.searchHint")}
        value={search.number ?? ""}
        onSearch={(number) => set({ number: number || undefined })}
      />
      <DayRange from={search.from} to={search.to} onChange={set} />
      <BranchSelect value={search.branch} onSelect={(branch) => set({ branch, terminal: undefined })} />
      <NativeSelect
        label={t("sales.terminal")}
        value={search.terminal ?? ""}
        onChange={(event) => set({ terminal: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("sales.allTerminals") },
          ...offered.map(({ terminal, name }) => ({ value: terminal, label: name })),
        ]}
      />
      <TextInput
        className={classes.amount}
        label={t("sales.amount")}
        inputMode="decimal"
        placeholder="0.00"
        value={search.amount ?? ""}
        onChange={(event) => set({ amount: event.currentTarget.value || undefined })}
      />
      {Object.values(search).some((value) => value !== undefined) ? (
        <Button
          className={classes.clear}
          variant="subtle"
          color="gray"
          leftSection={<Icon name="close" size={15} />}
          onClick={() => void navigate({ search: {} })}
        >
          {t("sales.clear")}
        </Button>
      ) : null}
    </Filters>
  );
}
