import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { createEntry } from "../../shell/entry.ts";
import { lazily } from "../../shell/lazily.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { Actions } from "./Actions.tsx";
import { CartZone } from "./CartZone.tsx";
import { Products } from "./Products.tsx";
import classes from "./SellScreen.module.css";

const QuestionDialog = lazily(() => import("./QuestionDialog.tsx"), "QuestionDialog");

/** Three zones: what there is, what is sold, what can be done. */
export function SellScreen(): ReactNode {
  const { t } = useTranslation();
  const { desk } = useCounter();
  const state = useValue(desk.state);
  const question = useValue(desk.question);
  const [entry] = useState(createEntry);
  if (state.kind !== "selling") return null;
  return (
    <div className={classes.sell}>
      <h1 className="visually-hidden">{t("sell.title")}</h1>
      <Products entry={entry} />
      <CartZone cart={state.cart} selected={state.selected} />
      <Actions cart={state.cart} entry={entry} />
      <Suspense>{question === null ? null : <QuestionDialog question={question} />}</Suspense>
    </div>
  );
}
