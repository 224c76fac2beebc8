import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../api/session.ts";
import { useApi } from "../api/use-api.ts";
import classes from "./Gate.module.css";
import { SignIn } from "./SignIn.tsx";
import { MeContext } from "./use-me.ts";
import { useReconnecting } from "./use-reachable.ts";

/** Shows the screens to whoever is signed in, and the sign-in to everybody else. */
export function Gate({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { t: ui } = useTranslation("ui");
  const api = useApi();
  const me = useQuery(meQuery(api));
  useReconnecting();
  if (me.data === undefined) {
    return (
      <main className={classes.wait}>
        {me.error === null ? (
          <Loader aria-label={ui("loading")} />
        ) : (
          <ErrorNotice
            tone="offline"
            title={t("app.unreachable")}
            message={t("app.unreachableStart")}
            onRetry={() => void me.refetch()}
          />
        )}
      </main>
    );
  }
  return me.data === null ? <SignIn /> : <MeContext value={me.data}>{children}</MeContext>;
}
