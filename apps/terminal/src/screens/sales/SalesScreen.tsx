import type { Uuid } from "@holdfast/domain/kernel/id";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { TextInput } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SaleBrief } from "../../sale/own-sales.ts";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { OpenSale } from "./OpenSale.tsx";
import { SaleRows } from "./SaleRows.tsx";
import classes from "./SalesScreen.module.css";

/** What was sold at this terminal, the newest first, and where each sale lives. */
export function SalesScreen(): ReactNode {
  const { t } = useTranslation();
  const { sales } = useCounter();
  const briefs = useValue(sales.briefs);
  const isComplete = useValue(sales.isComplete);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Uuid | null>(null);
  const found = useMemo(() => briefs.filter((brief) => matches(brief, query)), [briefs, query]);
  return (
    <ScreenFrame
      title={t("screen.sales")}
      actions={
        <TextInput
          size="touch"
          type="search"
          aria-label={t("sales.search")}
          placeholder={t("sales.search")}
          leftSection={<Icon name="search" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      }
    >
      <div className={classes.split}>
        {found.length === 0 && isComplete ? (
          <EmptyState icon="receipt" title={t("sales.none")} text={t("sales.noneText")} />
        ) : (
          <SaleRows briefs={found} chosen={chosen} onChoose={setChosen} />
        )}
        {chosen === null ? null : <OpenSale key={chosen} sale={chosen} onUndone={setChosen} />}
      </div>
    </ScreenFrame>
  );
}

function matches({ number, cashierName }: SaleBrief, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return number.toLowerCase().includes(wanted) || cashierName.toLowerCase().includes(wanted);
}
