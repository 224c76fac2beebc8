import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Refused, Unreachable } from "../api/failure.ts";

type Loading = { readonly error: Error | null; readonly refetch: () => unknown };

/** What keeps a screen from being shown; null when nothing does, or when older data can stand in. */
export function LoadFailure({ query, has }: { readonly query: Loading; readonly has: boolean }): ReactNode {
  const { t } = useTranslation();
  const { error } = query;
  if (error === null || has) return null;
  if (error instanceof Unreachable) {
    return (
      <ErrorNotice
        tone="offline"
        title={t("app.unreachable")}
        message={t("app.unreachableStart")}
        onRetry={() => query.refetch()}
      />
    );
  }
  if (error instanceof Refused && error.code === "forbidden") {
    return <EmptyState icon="shield" title={t("app.forbidden")} text={t("app.forbiddenText")} />;
  }
  if (error instanceof Refused && (error.code === "not_found" || error.code === "bad_request")) {
    return <EmptyState icon="search" title={t("app.notFound")} text={t("app.notFoundText")} />;
  }
  return <ErrorNotice title={t("app.failed")} message={error.message} onRetry={() => query.refetch()} />;
}
