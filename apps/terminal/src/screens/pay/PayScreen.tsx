import type { Cart } from "@holdfast/domain/cart/cart";
import { remainderOfCart } from "@holdfast/domain/cart/edit-tenders";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, Loader } from "@mantine/core";
import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { CartLines } from "../../cart/CartLines.tsx";
import { CartTotals } from "../../cart/CartTotals.tsx";
import { isCovered } from "../../cart/checkout.ts";
import { usePriced } from "../../cart/use-priced.ts";
import { createEntry } from "../../shell/entry.ts";
import { keyName } from "../../shell/key-map.ts";
import { lazily } from "../../shell/lazily.ts";
import { keysOf } from "../../shell/settings.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./PayScreen.module.css";
import { TakenTenders } from "./TakenTenders.tsx";
import { TenderKeys } from "./TenderKeys.tsx";

const CardDialog = lazily(() => import("./CardDialog.tsx"), "CardDialog");

/** How it is paid: mostly one touch, or an amount and Enter. */
export function PayScreen(): ReactNode {
  const { desk } = useCounter();
  const state = useValue(desk.state);
  if (state.kind !== "paying" && state.kind !== "completing") return null;
  return <Paying cart={state.cart} sinceMs={state.kind === "paying" ? state.sinceMs : null} />;
}

type PayingProps = {
  readonly cart: Cart;
  /** Null while the sale is on its way to the disk. */
  readonly sinceMs: number | null;
};

function Paying({ cart, sinceMs }: PayingProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { checkout, settings } = useCounter();
  const keys = keysOf(useValue(settings));
  const [entry] = useState(createEntry);
  const [cardAmount, setCardAmount] = useState<ReturnType<typeof entry.amount>>(null);
  const { lines, totals } = usePriced(cart);
  const { rules, tenders } = cart;
  const { due } = remainderOfCart(cart);
  return (
    <div className={classes.pay}>
      <section className={classes.cart} aria-label={t("sell.cart")}>
        <CartLines lines={lines} rules={rules} selected={null} />
        <CartTotals totals={totals} rules={rules} />
      </section>
      <section className={classes.take} aria-labelledby="pay-title">
        <header className={classes.head}>
          <Button
            size="touch"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="chevron-start" />}
            rightSection={<KeyHint>{keyName(keys.back)}</KeyHint>}
            disabled={sinceMs === null}
            onClick={() => checkout.back()}
          >
            {t("pay.backToCart")}
          </Button>
        </header>
        <div className={classes.due}>
          <h1 className={classes.title} id="pay-title">
            {due < 0 ? t("pay.toRefund") : t("pay.due")}
          </h1>
          <p className={classes.figure} data-testid="due">
            {formats.money(Math.abs(due), rules)}
          </p>
        </div>
        <TakenTenders tenders={tenders} rules={rules} onTakeBack={(index) => checkout.removeTender(index)} />
        {sinceMs === null ? (
          <p className={classes.storing} role="status">
            <Loader size="sm" /> {t("pay.storing")}
          </p>
        ) : isCovered(cart) ? (
          <Button size="touch" fullWidth onClick={() => void checkout.finish()}>
            {t("pay.complete")}
          </Button>
        ) : (
          <TenderKeys cart={cart} entry={entry} sinceMs={sinceMs} onCard={setCardAmount} />
        )}
      </section>
      <Suspense>
        {cardAmount === null || sinceMs === null ? null : (
          <CardDialog amount={cardAmount} rules={rules} onClose={() => setCardAmount(null)} />
        )}
      </Suspense>
    </div>
  );
}
