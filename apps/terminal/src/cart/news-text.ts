import type { PricingRules } from "@holdfast/domain/cart/cart";
import { unreachable } from "@holdfast/domain/kernel/assert";
import type { Formats } from "@holdfast/ui/format";
import type { TFunction } from "i18next";
import type { News, Refusal, TrustRefusal } from "./news.ts";

export type NewsLanguage = {
  readonly t: TFunction<"terminal">;
  readonly formats: Formats;
  readonly rules: Pick<PricingRules, "currency" | "exponent">;
};

/** What a cashier reads, and a screen reader says. */
export function newsText(news: News, { t, formats, rules }: NewsLanguage): string {
  const money = (amount: number): string => formats.money(amount, rules);
  switch (news.kind) {
    case "added":
    case "changed":
      return t(`news.${news.kind}`, { name: news.name, amount: money(news.amount), total: money(news.total) });
    case "voided":
      return t("news.voided", { name: news.name, total: money(news.total) });
    case "cancelled":
      return t("news.cancelled");
    case "coupon":
      return t("news.coupon", { code: news.code });
    case "suspended":
      return t("news.suspended", { label: news.label });
    case "unknown-code":
      return t("news.unknownCode", { code: news.code });
    case "misread":
      return t("news.misread", { code: news.code });
    case "refused":
      return refusalText(news.refusal, { t, formats, rules });
    case "oversold":
      return t("news.oversold", { name: news.name, onHand: formats.quantity(news.onHand) });
    case "tendered":
      return t("news.tendered", { amount: money(news.amount), due: money(news.due) });
    case "not-trusted":
      return trustRefusalText(news.refusal, { t, formats, rules });
    case "paid":
      return t("news.paid", { change: money(news.change) });
    case "not-stored":
      return t("news.notStored");
    case "not-printed":
      return t("news.notPrinted", { reason: printerFaultText(news.reason, t) });
    default:
      return unreachable(news);
  }
}

function refusalText(refusal: Refusal, { t, formats, rules }: NewsLanguage): string {
  const max = "max" in refusal ? refusal.max : 0;
  const isMoney = refusal.kind === "amount-out-of-range" || refusal.kind === "amount-too-large";
  return t(`refusal.${refusal.kind}`, {
    max: isMoney ? formats.money(max, rules) : formats.number(max),
    due: "due" in refusal ? formats.money(refusal.due, rules) : "",
  });
}

export function trustRefusalText(refusal: TrustRefusal, { t, formats, rules }: NewsLanguage): string {
  return t(`trust.refusal.${refusal.kind}`, { max: "left" in refusal ? formats.money(refusal.left, rules) : "" });
}

export function printerFaultText(reason: string, t: TFunction<"terminal">): string {
  const isKnown = reason === "out-of-paper" || reason === "unplugged" || reason === "no-answer";
  return t(isKnown ? `printer.${reason}` : "printer.unknown");
}

/** What a person has to look at; everything else shows in the cart itself. */
export function isTrouble({ kind }: News): boolean {
  return TROUBLE.has(kind);
}

const TROUBLE: ReadonlySet<News["kind"]> = new Set([
  "unknown-code",
  "misread",
  "refused",
  "not-trusted",
  "oversold",
  "not-stored",
  "not-printed",
]);
