import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Logo } from "@holdfast/ui/Logo.tsx";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Unreachable } from "../api/failure.ts";
import { ME_KEY, signIn } from "../api/session.ts";
import { useApi } from "../api/use-api.ts";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import classes from "./SignIn.module.css";
import { useTitle } from "./use-title.ts";

const SHOP_KEY = "holdfast.shop";

/** Stands where a screen would be until somebody signs in; the address stays, so they land where they wanted to go. */
export function SignIn(): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const [slug, setSlug] = useState(() => localStorage.getItem(SHOP_KEY) ?? "");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  useTitle(t("signIn.title"));
  const enter = useMutation({
    mutationFn: () => signIn(api, { slug, email, password }),
    onSuccess: (me) => {
      localStorage.setItem(SHOP_KEY, me.merchant.slug);
      queries.setQueryData(ME_KEY, me);
    },
    onError: () => setPassword(""),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <main className={classes.place}>
      <form className={classes.form} onSubmit={submit}>
        <Logo size={36} />
        <h1 className={classes.title}>{t("signIn.title")}</h1>
        <Refusal error={enter.error} />
        <TextInput
          {...FIELD}
          label={t("signIn.shop")}
          description={t("signIn.shopHint")}
          name="shop"
          autoComplete="organization"
          autoCapitalize="none"
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
        <TextInput
          {...FIELD}
          label={t("signIn.email")}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          {...FIELD}
          label={t("signIn.password")}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0 }}
        />
        <Button type="submit" size="touch" fullWidth loading={enter.isPending}>
          {t("signIn.submit")}
        </Button>
      </form>
      <div className={classes.corner}>
        <ColorSchemeToggle />
      </div>
    </main>
  );
}

const FIELD = { size: "touch", required: true, withAsterisk: false } as const;

function Refusal({ error }: { readonly error: Error | null }): ReactNode {
  const { t } = useTranslation();
  if (error === null) return null;
  const isOffline = error instanceof Unreachable;
  return (
    <ErrorNotice
      title={t("signIn.failed")}
      tone={isOffline ? "offline" : "danger"}
      message={isOffline ? t("signIn.unreachable") : error.message}
    />
  );
}
