import { ZERO } from "../money/amount.ts";
import { currencyCode } from "../money/currency.ts";
import type { openShift } from "../till/shift.ts";
import { NO_GRAND_TOTALS, type Till } from "../till/till.ts";
import type { ShiftAudit } from "../till/z-report.ts";
import { TEST_BRANCH, TEST_CASHIER, TEST_DAY, TEST_NOW, TEST_TERMINAL, testId } from "./build.ts";

/** A till that was never opened. */
export function testTill(other: Partial<Till> = {}): Till {
  return {
    till: testId(905),
    branch: TEST_BRANCH,
    terminal: TEST_TERMINAL,
    lastZ: 0,
    grandTotals: NO_GRAND_TOTALS,
    shift: null,
    ...other,
  };
}

type Opening = Parameters<typeof openShift>[1];

/** The shift that test sales belong to. */
export function testOpening(other: Partial<Opening> = {}): Opening {
  return {
    shift: testId(904),
    businessDay: TEST_DAY,
    currency: currencyCode("EUR"),
    float: ZERO,
    by: TEST_CASHIER.staff,
    at: TEST_NOW,
    ...other,
  };
}

export function testAudit(other: Partial<ShiftAudit> = {}): ShiftAudit {
  return { cancelled: [], copies: [], proForma: [], priceLookups: 0, chainIntact: true, unsent: 0, ...other };
}
