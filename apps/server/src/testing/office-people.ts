import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import { saveVariants } from "../catalog/write-catalog.ts";
import { inTransaction } from "../db/database.ts";
import type { ServerContext } from "../http/server-context.ts";
import { createTerminal } from "../party/enrol.ts";
import { addBranch, addPriceList, openMerchant } from "../party/open-merchant.ts";
import { addStaff, staffSecrets } from "../staff/write-staff.ts";
import type { SignIn } from "./office-client.ts";

/** Adds somebody who may sign in, if their role lets them. */
export async function hire(
  context: ServerContext,
  merchant: MerchantId,
  { slug, role, email }: { readonly slug: string; readonly role: Role; readonly email: string },
): Promise<SignIn> {
  const password = `secret of ${email}`;
  const staff = context.newId() as StaffId;
  const facts = { staff, name: `The ${role}`, role, branches: [], pin: null, signIn: { email, password } };
  const secrets = await staffSecrets(facts, context.randomBytes);
  await inTransaction(context.db, (tx) => addStaff(tx, merchant, { facts, secrets }));
  return { slug, email, password };
}

export type OtherShop = {
  readonly merchant: MerchantId;
  readonly branch: BranchId;
  readonly terminal: TerminalId;
  readonly variant: VariantId;
  readonly owner: SignIn;
};

/** A second merchant on the same server, who must see nothing of the first, nor be seen. */
export async function openOtherShop(context: ServerContext): Promise<OtherShop> {
  const [merchant, branch, terminal] = [context.newId(), context.newId(), context.newId()] as [
    MerchantId,
    BranchId,
    TerminalId,
  ];
  const [variant, product, priceList] = [context.newId() as VariantId, context.newId() as ProductId, context.newId()];
  const currency = currencyCode("USD");
  const at = new Date(context.now()).toISOString();
  await inTransaction(context.db, async (tx) => {
    const place = { merchant, slug: "other", name: "Other Inc", taxNumber: "", country: "US", currency };
    await openMerchant(tx, { ...place, taxRounding: "line", origin: "other" }, at);
    await addPriceList(tx, merchant, { priceList, name: "Prices", currency, includesTax: false });
    await addBranch(tx, merchant, {
      ...{ branch, code: "OTH", name: "Other", address: "", timeZone: "UTC", dayChangeHour: 0, priceList },
      ...{
        cashRounding: { increment: 1, method: "half-up", changeMethod: "half-up" },
        denominations: [],
        receiptFooter: "",
      },
    });
    await createTerminal(tx, { merchant, terminal, branch, name: "Other 1" });
    const unit = { unit: "each", unitScale: 0, taxes: [], stocked: true, barcodes: [{ code: "999", pack: 1 }] };
    await saveVariants(tx, merchant, [
      { variant, product, productName: "Thing", name: "Thing", sku: "1001", category: null, ...unit },
    ]);
  });
  return {
    merchant,
    branch,
    terminal,
    variant,
    owner: await hire(context, merchant, { slug: "other", role: "owner", email: "o@other.example" }),
  };
}
