import { checkRights } from "@holdfast/domain/sale/check-rights";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { CaseDraft } from "../inbox/case.ts";
import type { DayStore, People } from "./day-store.ts";

/**
 * Sales in which somebody did what they were not free to do, without a fitting approval; and those of somebody who is no
 * staff any more, or never was. The sale stands: the customer holds the paper.
 */
export async function reviewRights(sales: readonly Sale[], store: DayStore): Promise<CaseDraft[]> {
  if (sales.length === 0) return [];
  const staff = [...new Set(sales.map(({ cashier }) => cashier))];
  const branches = [...new Set(sales.map(({ branch }) => branch))];
  const people = await store.people(staff, branches);
  return sales.flatMap((sale) => breachCases(sale, people));
}

function breachCases(sale: Sale, { staff, rights }: People): CaseDraft[] {
  const { branch, number, cashier, cashierName, completedAt } = sale;
  const person = staff.get(cashier);
  const breaches = person === undefined ? [] : checkRights(sale, person, rights.get(branch));
  const standing = person === undefined ? "unknown" : leftBefore(person.deactivatedAt, completedAt) ? "left" : "staff";
  if (breaches.length === 0 && standing === "staff") return [];
  const details = { number, cashier, cashierName, standing, breaches };
  return [{ kind: "rights-breach", subject: sale.sale, branch, details }];
}

function leftBefore(left: string | null, at: string): boolean {
  return left !== null && Date.parse(left) < Date.parse(at);
}
