import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PaperState } from "../../cart/desk-state.ts";
import { printerFaultText } from "../../cart/news-text.ts";
import { PaperView } from "../../receipt/PaperView.tsx";
import { usePaper } from "../../receipt/use-paper.ts";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import { useSettled } from "../../shell/use-settled.ts";
import classes from "./PaidScreen.module.css";

/** Stored. What the cashier gives back is the largest thing; the receipt lies beside it. */
export function PaidScreen(): ReactNode {
  const { desk } = useCounter();
  const state = useValue(desk.state);
  return state.kind === "paid" ? <Paid {...state} /> : null;
}

type PaidProps = { readonly sale: Sale; readonly paper: PaperState; readonly sinceMs: number };

function Paid({ sale, paper, sinceMs }: PaidProps): ReactNode {
  const { t } = useTranslation();
  const { checkout, paperOf } = useCounter();
  const receipt = usePaper(useCallback(() => paperOf(sale, { copy: false }), [paperOf, sale]));
  const isSettled = useSettled(sinceMs);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSettled) next.current?.focus();
  }, [isSettled]);
  useKeyLayer("screen", { actions: { back: () => checkout.next(), pay: () => checkout.next() } });
  return (
    <div className={classes.paid}>
      <section className={classes.result} aria-labelledby="paid-title">
        <h1 className={classes.title} id="paid-title">
          <span className={classes.tick}>
            <Icon name="check" size={22} />
          </span>
          {t("paid.title")}
        </h1>
        <Figures sale={sale} />
        <PaperNote paper={paper} />
        <div className={classes.buttons}>
          <Button ref={next} size="xl" fullWidth disabled={!isSettled} onClick={() => checkout.next()}>
            {t("paid.next")}
          </Button>
          <Button
            size="touch"
            variant="default"
            fullWidth
            leftSection={<Icon name="printer" />}
            disabled={paper.kind === "printing"}
            onClick={() => void checkout.print(sale, { copy: paper.kind === "printed" })}
          >
            {paper.kind === "failed" ? t("paid.retryPrint") : t("paid.printAgain")}
          </Button>
        </div>
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={classes.receipt} aria-label={t("paid.receipt")} tabIndex={0}>
        {receipt === null ? null : (
          <PaperView paper={receipt} label={t("paid.number", { number: receiptNumberToText(sale.number) })} />
        )}
      </section>
    </div>
  );
}

function Figures({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rules, totals, change } = sale;
  const isRefund = totals.total < 0;
  return (
    <>
      <div className={classes.change}>
        <p className={classes.label}>{isRefund ? t("paid.refunded") : t("paid.change")}</p>
        <p className={classes.figure} data-testid="change" data-none={(change === 0 && !isRefund) || undefined}>
          {formats.money(isRefund ? -totals.total : change, rules)}
        </p>
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{t("paid.total")}</dt>
          <dd>{formats.money(totals.total, rules)}</dd>
        </div>
        {sale.tenders.map((tender, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a payment is known by its place
          <div key={index}>
            <dt>{t(`tender.${tender.kind}`)}</dt>
            <dd>{formats.money(tender.amount, rules)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function PaperNote({ paper }: { readonly paper: PaperState }): ReactNode {
  const { t } = useTranslation();
  const text =
    paper.kind === "failed"
      ? t("paid.failed", { reason: printerFaultText(paper.reason, t) })
      : t(paper.kind === "printed" ? "paid.printed" : "paid.printing");
  return (
    <p className={classes.paper} role="status" data-failed={paper.kind === "failed" || undefined}>
      <Icon name={paper.kind === "failed" ? "alert" : "printer"} />
      {text}
    </p>
  );
}
