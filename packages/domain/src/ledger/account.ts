/** What an account is for; numbers are a seed template that a merchant may change. */
export type AccountRole =
  | "safe-cash"
  | "till-cash"
  | "cash-in-transit"
  | "bank"
  | "card-clearing"
  | "offline-card-pending"
  | "other-tender-clearing"
  | "receivable"
  | "declined-card-receivable"
  | "inventory"
  | "inventory-in-transit"
  | "input-tax"
  | "supplier-prepayments"
  | "sync-suspense"
  | "inter-branch"
  | "payable"
  | "goods-received-not-invoiced"
  | "output-tax"
  | "tax-settlement"
  | "gift-card-liability"
  | "store-credit-liability"
  | "customer-deposits"
  | "loyalty-liability"
  | "container-deposits"
  | "tips-payable"
  | "unclaimed-property"
  | "owner-capital"
  | "retained-earnings"
  | "owner-drawings"
  | "opening-balance"
  | "sales"
  | "sales-returns"
  | "line-discounts"
  | "order-discounts"
  | "gift-card-breakage"
  | "fees-and-services"
  | "layaway-fees"
  | "cost-of-goods-sold"
  | "purchase-price-variance"
  | "stock-count-variance"
  | "stock-write-off"
  | "oversell-correction"
  | "own-use"
  | "tender-fees"
  | "cash-over-short"
  | "cash-rounding"
  | "bad-debt"
  | "petty-cash-expenses"
  | "chargeback-fees"
  | "exchange-differences";

export type AccountType = "asset" | "liability" | "equity" | "income" | "expense";

export type Account = {
  readonly role: AccountRole;
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
};
