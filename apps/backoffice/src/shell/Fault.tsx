import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** In place of a screen that broke: the rest of the back office goes on. */
export function ScreenFault(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon="alert"
      title={t("app.broken")}
      text={t("app.brokenText")}
      action={<Button onClick={() => location.reload()}>{t("app.reload")}</Button>}
    />
  );
}

export function NoScreen(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon="search"
      title={t("app.notFound")}
      text={t("app.notFoundText")}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t("app.toStart")}
        </Button>
      }
    />
  );
}
