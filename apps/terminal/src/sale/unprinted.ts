import type { Uuid } from "@holdfast/domain/kernel/id";
import type { DraftKeeper } from "../cart/draft-keeper.ts";
import { createValue, type Value } from "../shell/value.ts";

/** Sales whose paper nobody saw come out before the app went down. */
export type Unprinted = {
  readonly sales: Value<readonly Uuid[]>;
  /** A person saw the paper, or has it now. */
  readonly settle: (sale: Uuid) => void;
};

export function unprintedSales(kept: readonly Uuid[], keeper: Pick<DraftKeeper, "drop">): Unprinted {
  const sales = createValue(kept);
  const settle = (sale: Uuid): void => {
    keeper.drop(sale);
    sales.set(sales.get().filter((each) => each !== sale));
  };
  return { sales, settle };
}
