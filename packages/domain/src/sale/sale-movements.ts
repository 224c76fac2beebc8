import type { PricedLine } from "../cart/line.ts";
import { multiplyDecimals } from "../money/decimal.ts";
import type { StockMovement } from "../stock/movement.ts";
import type { Sale } from "./sale.ts";

/**
 * What a sale does to the stock of its branch: goods leave, returned goods come back where they are put on the shelf again.
 * Kits move their parts. Lines of quantity zero move nothing, and training moves nothing at all.
 */
export function saleMovements(sale: Sale): StockMovement[] {
  if (sale.training) return [];
  return sale.lines.flatMap((line) => lineMovements(line, sale)).filter((movement) => movement.units !== 0);
}

function lineMovements(line: PricedLine, sale: Sale): StockMovement[] {
  if (line.restock === false) return [];
  const common = {
    branch: sale.branch,
    cause: line.kind === "sale" ? ("sale" as const) : ("return" as const),
    document: sale.sale,
    line: line.line,
  };
  if (line.kit !== undefined) {
    return line.kit.map(({ variant, quantity }) => {
      const moved = multiplyDecimals(quantity, line.quantity, { scale: quantity.scale, rounding: "half-away" });
      return { ...common, variant, units: -moved.units, scale: moved.scale };
    });
  }
  if (line.variant === null || line.stockQuantity === null) return [];
  return [{ ...common, variant: line.variant, units: -line.stockQuantity.units, scale: line.stockQuantity.scale }];
}
