import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { pino } from "pino";
import { connect } from "../apps/server/src/db/connect.ts";
import { serve } from "../apps/server/src/serve.ts";
import { enrolHeadless, type HeadlessTerminal } from "../apps/server/src/testing/headless-terminal.ts";
import { sell, shopOf } from "../apps/server/src/testing/make-sale.ts";
import { temporaryFolder } from "../apps/server/src/testing/temporary-folder.ts";
import { audit } from "../tests/simulator/auditor/audit.ts";
import { type Books, readBooks } from "../tests/simulator/auditor/books.ts";
import { paperOf } from "../tests/simulator/auditor/paper-of.ts";
import { type GiftShop, openGiftShop } from "./replay/gift-shop.ts";
import { type Invoice, type Invoices, pennies, poundsText, readInvoices, sumOf } from "./replay/invoices.ts";

const HELP = `npm run replay -- FILE [--days N]

Turns real invoices (CSV, may be gzipped) into sales at two terminals whose network
comes and goes, uploads them, and compares the books with the file's own sums.

  --days N   how many of the file's days (3)`;

/** Every so many sales a terminal's network goes, or comes back. */
const OUTAGE_EVERY = 25;
const SETTLE_LIMIT_MS = 600_000;

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { days: { type: "string", default: "3" }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console.log(HELP);
    return values.help;
  }
  const invoices = await readInvoices(file, Number(values.days));
  const dataDir = await temporaryFolder("holdfast-replay-");
  const database = await connect({ dataDir, databaseUrl: null, log: () => undefined });
  const serving = await serve({
    appUrl: database.appUrl,
    host: "127.0.0.1",
    ports: [0],
    siteDir: "",
    log: pino({ level: "error" }),
  });
  try {
    const shop = await openGiftShop(serving.context, invoices);
    const started = performance.now();
    const sales = await ringUp(`http://127.0.0.1:${serving.ports[0]}`, shop, invoices);
    const seconds = (performance.now() - started) / 1000;
    const books = await readBooks(database.appUrl, shop.merchant);
    return report({ invoices, sales, books, seconds });
  } finally {
    await serving.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Counter = { readonly terminal: HeadlessTerminal; outages: number; cut: boolean };

/** Rings up every invoice, in turn at one of the two terminals, while their networks come and go. */
async function ringUp(baseUrl: string, shop: GiftShop, { sales }: Invoices): Promise<Sale[]> {
  const counters = await Promise.all(shop.codes.map((code) => openCounter(baseUrl, code)));
  const variants = new Map(
    shopOf((counters[0] as Counter).terminal).variants.map((variant) => [variant.variant, variant]),
  );
  const made: Sale[] = [];
  for (const [index, invoice] of sales.entries()) {
    const counter = counters[index % counters.length] as Counter;
    made.push(
      await sell(
        counter.terminal,
        basketOf(invoice, (code) => variants.get(shop.variantOf(code)) as VariantDocument),
      ),
    );
    if (made.length % OUTAGE_EVERY === 0) toggle(counter);
  }
  for (const counter of counters) if (counter.cut) toggle(counter);
  for (const { terminal } of counters) await terminal.settled(SETTLE_LIMIT_MS);
  for (const { terminal } of counters) terminal.loop.stop();
  console.log(`Outages       ${counters.map(({ outages }, index) => `counter ${index + 1}: ${outages}`).join(", ")}`);
  return made;
}

async function openCounter(baseUrl: string, enrolmentCode: string): Promise<Counter> {
  const line = { cut: false };
  const cuttable: typeof fetch = (...args) =>
    line.cut ? Promise.reject(new TypeError("the network is cut")) : fetch(...args);
  const terminal = await enrolHeadless({ baseUrl, enrolmentCode, fetch: cuttable });
  terminal.loop.wake();
  await terminal.settled();
  return {
    terminal,
    outages: 0,
    get cut() {
      return line.cut;
    },
    set cut(cut: boolean) {
      line.cut = cut;
    },
  };
}

function toggle(counter: Counter): void {
  counter.cut = !counter.cut;
  if (counter.cut) counter.outages += 1;
  else counter.terminal.loop.wake();
}

function basketOf({ at, rows }: Invoice, variantOf: (code: string) => VariantDocument): Parameters<typeof sell>[1] {
  return {
    at: `${at.replace(" ", "T")}.000+00:00`,
    lines: rows.map((row) => ({
      variant: variantOf(row.StockCode),
      units: Number(row.Quantity),
      name: row.Description || `No description (${row.StockCode})`,
      charged: { units: Number(pennies({ ...row, Quantity: "1" })), scale: 2, per: 1 },
    })),
  };
}

type Outcome = {
  readonly invoices: Invoices;
  readonly sales: readonly Sale[];
  readonly books: Books;
  readonly seconds: number;
};

function report({ invoices, sales, books, seconds }: Outcome): boolean {
  const rows = invoices.sales.flatMap((invoice) => invoice.rows);
  const revenue = books.entries.filter(({ kind }) => kind === "rev").flatMap(({ lines }) => lines);
  const posted = revenue
    .filter(({ account }) => account === "till-cash")
    .reduce((sum, { debit, credit }) => sum + BigInt(debit - credit), 0n);
  const comparisons: readonly (readonly [what: string, inFile: string, inBooks: string])[] = [
    ["rows", String(rows.length), String(books.sales.reduce((sum, { lines }) => sum + lines.length, 0))],
    ["invoices", String(invoices.sales.length), String(books.sales.length)],
    [
      "amount of sales",
      poundsText(sumOf(rows)),
      poundsText(books.sales.reduce((sum, { total }) => sum + BigInt(total), 0n)),
    ],
    ["amount in the ledger", poundsText(sumOf(rows)), poundsText(posted)],
  ];
  console.log(
    `Replayed      ${sales.length} sales in ${seconds.toFixed(1)} s, the largest with ${Math.max(...sales.map(({ lines }) => lines.length))} lines`,
  );
  for (const { reason, rows: left } of invoices.leftOut) {
    console.log(`Left out      ${left.length} rows, ${poundsText(sumOf(left))} GBP: ${reason}`);
  }
  console.log(`\n${"".padEnd(22)}${"file".padStart(16)}${"books".padStart(16)}`);
  for (const [what, inFile, inBooks] of comparisons) {
    console.log(
      `${what.padEnd(22)}${inFile.padStart(16)}${inBooks.padStart(16)}  ${inFile === inBooks ? "equal" : "DIFFERENT"}`,
    );
  }
  const violations = audit(books, sales.map(paperOf));
  const balance = books.balances.reduce((sum, { debit, credit }) => sum + debit - credit, 0);
  console.log(`\nTrial balance ${poundsText(BigInt(balance))}`);
  console.log(`Auditor       ${violations.length === 0 ? "clean" : `${violations.length} violations`}`);
  for (const { rule, detail } of violations.slice(0, 20)) console.log(`  ${rule}: ${detail}`);
  return violations.length === 0 && balance === 0 && comparisons.every(([, inFile, inBooks]) => inFile === inBooks);
}

if (!(await main())) process.exitCode = 1;
