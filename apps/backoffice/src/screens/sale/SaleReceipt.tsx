import { type Receipt, type ReceiptLine, receiptOf } from "@holdfast/domain/receipt/receipt";
import type { SaleDetail } from "@holdfast/protocol/office/sales";
import { useFormats } from "@holdfast/ui/use-formats";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTenderName } from "../../shell/use-tender-name.ts";
import classes from "./SaleReceipt.module.css";

const NO_NUMBERS = new Map<never, string>();

/** The receipt that the customer holds, from the model that prints it. */
export function SaleReceipt({ detail }: { readonly detail: SaleDetail }): ReactNode {
  const { t } = useTranslation();
  const receipt = useMemo(() => {
    const { merchantName: name, taxNumber, branchName: branch, branchAddress: address, terminalName } = detail;
    const seller = { name, taxNumber, branch, address, terminal: terminalName, footer: detail.receiptFooter };
    return receiptOf(detail.sale, { seller, isCopy: false, numbersBySale: NO_NUMBERS, codes: [], signature: null });
  }, [detail]);
  return (
    <section className={classes.paper} aria-label={t("sale.receiptNumber", { number: receipt.number })}>
      <Head receipt={receipt} timeZone={detail.timeZone} />
      <ul className={classes.lines}>
        {receipt.lines.map((line) => (
          <Line key={line.line} line={line} currency={receipt} />
        ))}
      </ul>
      <Sums receipt={receipt} />
      <Rates receipt={receipt} />
      {receipt.note === "" ? null : (
        <p className={classes.note}>
          {t("sale.note")}: {receipt.note}
        </p>
      )}
      {receipt.seller.footer === "" ? null : <p className={classes.footer}>{receipt.seller.footer}</p>}
    </section>
  );
}

/** Parts of a fact that never changes, with their place in it. */
function numbered<Part>(parts: readonly Part[]): readonly (readonly [number: number, part: Part])[] {
  return [...parts.entries()];
}

type Paper = { readonly receipt: Receipt };

function Head({ receipt, timeZone }: Paper & { readonly timeZone: string }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { seller, marks, number, completedAt, cashier, customer } = receipt;
  return (
    <header className={classes.head}>
      <p className={classes.merchant}>{seller.name}</p>
      <p>{seller.branch}</p>
      <p>{seller.address}</p>
      {seller.taxNumber === "" ? null : <p>{seller.taxNumber}</p>}
      {marks.map((mark) => (
        <p key={mark} className={classes.mark}>
          {mark === "training" ? t("sale.trainingMark") : t(`sale.mark_${mark}`)}
        </p>
      ))}
      <div className={classes.facts}>
        <span className={classes.number}>{number}</span>
        <span>{formats.dateTime(completedAt, timeZone)}</span>
        <span>{seller.terminal}</span>
        <span>{cashier}</span>
      </div>
      {customer === null ? null : (
        <p className={classes.customer}>
          {[customer.name, customer.taxId, customer.exemption].filter((text) => text !== null).join(" · ")}
        </p>
      )}
    </header>
  );
}

type LineProps = { readonly line: ReceiptLine; readonly currency: Pick<Receipt, "currency" | "exponent"> };

function Line({ line, currency }: LineProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const price = formats.price(line.unitPrice, currency);
  return (
    <li className={classes.line}>
      <p className={classes.row}>
        <span>{line.kind === "return" ? `${t("sale.lineReturn")}: ${line.name}` : line.name}</span>
        <span className={classes.amount}>
          {formats.amount(line.extended, currency)}
          <span className={classes.letters}>{line.rates}</span>
        </span>
      </p>
      <p className={classes.small}>
        {formats.quantity(line.quantity)} × {price}
        {line.listed === null ? null : <s className={classes.listed}>{formats.price(line.listed, currency)}</s>}
      </p>
      {numbered(line.discounts).map(([number, discount]) => (
        <p key={number} className={classes.row} data-small>
          <span>{discount.reason === "" ? t("sale.discount") : discount.reason}</span>
          <span className={classes.amount}>
            {formats.amount(-discount.amount, currency)}
            <span className={classes.letters} />
          </span>
        </p>
      ))}
      {[line.note, line.giftCard, line.lot, ...line.serials].map((text) =>
        text === null ? null : (
          <p key={text} className={classes.small}>
            {text}
          </p>
        ),
      )}
    </li>
  );
}

function Sums({ receipt }: Paper): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const tenderName = useTenderName();
  const { extended, total, orderDiscount, lineDiscount, tenders, cash, cashRounding } = receipt;
  const row = (label: string, value: number): ReactNode => (
    <p className={classes.row}>
      <span>{label}</span>
      <span>{formats.amount(value, receipt)}</span>
    </p>
  );
  return (
    <div className={classes.sums}>
      {orderDiscount === 0 && lineDiscount === 0 ? null : row(t("sale.subtotal"), extended)}
      {lineDiscount === 0 ? null : row(t("sale.discount"), -lineDiscount)}
      {orderDiscount === 0 ? null : row(t("sale.orderDiscount"), -orderDiscount)}
      <p className={classes.total}>
        <span>{t("sale.total")}</span>
        <span>{formats.money(total, receipt)}</span>
      </p>
      {numbered(tenders).map(([number, tender]) => (
        <div key={number}>
          {row(tenderName(tender.kind), tender.amount)}
          {tender.reference === null ? null : (
            <p className={classes.small}>{t("sale.reference", { reference: tender.reference })}</p>
          )}
        </div>
      ))}
      {cash === null || cash.change === 0 ? null : row(t("sale.change"), cash.change)}
      {cashRounding === 0 ? null : row(t("sale.rounding"), cashRounding)}
    </div>
  );
}

function Rates({ receipt }: Paper): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  if (receipt.rates.length === 0) return null;
  return (
    <table className={classes.rates}>
      <caption className="visually-hidden">{t("sale.taxes")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("sale.taxName")}</th>
          <th scope="col">{t("sale.exTax")}</th>
          <th scope="col">{t("sale.taxAmount")}</th>
        </tr>
      </thead>
      <tbody>
        {receipt.rates.map(({ letter, name, exTax, amount }) => (
          <tr key={letter}>
            <th scope="row">
              {letter} {name}
            </th>
            <td>{formats.amount(exTax, receipt)}</td>
            <td>{formats.amount(amount, receipt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
