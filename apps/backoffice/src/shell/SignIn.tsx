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
        {enter.error === null ? null : (
          <ErrorNotice
            title={t("signIn.failed")}
            tone={enter.error instanceof Unreachable ? "offline" : "danger"}
            message={enter.error instanceof Unreachable ? t("signIn.unreachable") : enter.error.message}
          />
        )}
        <TextInput
          label={t("signIn.shop")}
          description={t("signIn.shopHint")}
          size="touch"
          name="shop"
          autoComplete="organization"
          autoCapitalize="none"
          required
          withAsterisk={false}
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
        <TextInput
          label={t("signIn.email")}
          size="touch"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("signIn.password")}
          size="touch"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
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
