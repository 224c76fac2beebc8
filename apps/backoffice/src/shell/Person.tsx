import { Icon } from "@holdfast/ui/Icon.tsx";
import { ActionIcon, Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ME_KEY, signOut } from "../api/session.ts";
import { useApi } from "../api/use-api.ts";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import classes from "./Person.module.css";
import { useMe } from "./use-me.ts";

/** Who is signed in, and the way out. */
export function Person(): ReactNode {
  const { t } = useTranslation();
  const { staff } = useMe();
  const api = useApi();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: () => signOut(api),
    onSuccess: () => {
      // First who is signed in, since that query is looked at; then nothing of this shop stays for whoever sits down next.
      queries.setQueryData(ME_KEY, null);
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME_KEY[0] });
    },
  });
  return (
    <div className={classes.person}>
      <span className={classes.words}>
        <span className={classes.name}>{staff.name}</span>
        <span className={classes.role}>{t(`app.role_${staff.role}`)}</span>
      </span>
      <ColorSchemeToggle />
      <Tooltip label={t("app.signOut")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("app.signOut")}
          loading={leave.isPending}
          onClick={() => leave.mutate()}
        >
          <Icon name="door" />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
