import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Entries } from "@holdfast/protocol/office/ledger";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { entriesQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { EntryPanel } from "../../pieces/EntryPanel.tsx";
import { BackLink } from "../../shell/BackLink.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useBranch } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";

const route = getRouteApi("/ledger/entries/$source");

/** Everything that one document posted. */
export function EntriesScreen(): ReactNode {
  const { t } = useTranslation();
  const { source } = route.useParams();
  const query = useQuery(entriesQuery(useApi(), source));
  useTitle(t("entries.title"));
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/ledger">{t("entries.back")}</BackLink>}
        title={t("entries.title")}
        detail={query.data === undefined ? null : <About found={query.data} source={source} />}
      />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined
        ? query.error === null && <Skeleton height={260} />
        : query.data.entries.map((entry) => <EntryPanel key={entry.kind} entry={entry} />)}
    </Page>
  );
}

type AboutProps = { readonly found: Entries; readonly source: string };

/** Which document it was, where and when. */
function About({ found: { entries, sale }, source }: AboutProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const [first] = entries;
  const branch = useBranch(first?.lines[0]?.branch ?? "");
  if (first === undefined) return null;
  return (
    <>
      <span>{branch?.name ?? t("app.unknownBranch")}</span>
      <span>{formats.dateTime(first.occurredAt, branch?.timeZone)}</span>
      {sale === null ? null : (
        <Link to="/sales/$sale" params={{ sale: source }}>
          {t("sale.receiptNumber", { number: receiptNumberToText(sale) })}
        </Link>
      )}
    </>
  );
}
