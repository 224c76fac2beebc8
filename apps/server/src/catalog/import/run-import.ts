import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { exponentOf } from "@holdfast/domain/money/currency";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { ImportNews, ImportQuery, ImportReport } from "@holdfast/protocol/office/import";
import { importDifferencesMax, importErrorsMax } from "@holdfast/protocol/office/limits";
import { inSnapshot, inTransaction, type Tx } from "../../db/database.ts";
import type { DocumentKey } from "../../feed/project.ts";
import { publish } from "../../feed/publish.ts";
import { ApiError } from "../../http/api-error.ts";
import { isoNow, type ServerContext } from "../../http/server-context.ts";
import { savePrices, saveVariants } from "../write-catalog.ts";
import { checkRow } from "./check-row.ts";
import { knownGoods, lockVariants, type ShopTerms, shopTerms } from "./known-goods.ts";
import { type ImportPlan, planImport } from "./plan-import.ts";
import { type ReadCsv, readCsv } from "./read-csv.ts";

export type ImportRequest = {
  readonly merchant: MerchantId;
  readonly query: ImportQuery;
  readonly file: AsyncIterable<Uint8Array>;
  /** Bytes of the file, where they are known beforehand. */
  readonly bytes: number;
  readonly tell: (news: ImportNews & { kind: "progress" }) => void;
};

/** Rows that are saved with one statement each of a handful. */
const ROWS_AT_ONCE = 5_000;
const TELL_EVERY_BYTES = 65_536;

/**
 * Compares a file of products with the shop, and carries it out if it is asked to and nothing is wrong: all of it in one
 * transaction, or nothing.
 */
export async function runImport(context: ServerContext, request: ImportRequest): Promise<ImportReport> {
  const read = await readFile(request);
  request.tell({ kind: "progress", stage: "comparing", done: 0 });
  if (request.query.apply === "false")
    return await inSnapshot(context.db, (tx) => compare(tx, { context, request, read }));
  const { report, channels } = await inTransaction(context.db, async (tx) => carryOut(tx, { context, request, read }));
  context.live.changed(request.merchant, channels);
  return report;
}

async function readFile({ file, bytes, tell }: ImportRequest): Promise<ReadCsv> {
  let sofar = 0;
  let told = 0;
  return await readCsv(file, (more) => {
    sofar += more;
    if (sofar - told < TELL_EVERY_BYTES) return;
    told = sofar;
    tell({ kind: "progress", stage: "reading", done: Math.min(1, sofar / Math.max(bytes, sofar)) });
  });
}

type Work = { readonly context: ServerContext; readonly request: ImportRequest; readonly read: ReadCsv };

async function compare(tx: Tx, work: Work): Promise<ImportReport> {
  const { terms, plan } = await planFor(tx, work);
  return reportOf(work.read, { terms, plan, applied: false });
}

async function carryOut(tx: Tx, work: Work): Promise<{ report: ImportReport; channels: ReadonlySet<string> }> {
  const { context, request, read } = work;
  const { merchant, query } = request;
  const { terms, plan, priceList } = await lockedPlan(tx, work);
  if (query.basis !== undefined && query.basis !== terms.basis) {
    throw new ApiError(
      "conflict",
      "The catalogue has changed since this file was compared with it. Compare it again.",
      {
        field: "basis",
      },
    );
  }
  const report = reportOf(read, { terms, plan, applied: true });
  if (report.errorCount > 0) return { report: { ...report, applied: false }, channels: new Set() };
  const touched = await save(tx, { request, plan, priceList });
  return { report, channels: await publish(tx, { merchant, at: isoNow(context) }, touched) };
}

/** What was read before the locks may be old by then, so it is read again. New products have nothing that could be locked. */
async function lockedPlan(tx: Tx, work: Work): Promise<Planned> {
  const planned = await planFor(tx, work);
  if (planned.known.length === 0) return planned;
  await lockVariants(tx, work.request.merchant, planned.known);
  return await planFor(tx, work);
}

type Planned = {
  readonly terms: ShopTerms;
  readonly plan: ImportPlan;
  readonly priceList: Uuid | null;
  readonly known: readonly VariantId[];
};

async function planFor(tx: Tx, { context, request, read }: Work): Promise<Planned> {
  const { merchant, query } = request;
  const terms = await shopTerms(tx, merchant);
  const list = listFor(terms, query, read);
  const exponent = list === null ? 0 : exponentOf(list.currency);
  const checked = read.rows.map((row) => checkRow(row, { exponent, taxes: new Set(terms.taxes) }));
  const rows = checked.map(({ facts }) => facts);
  const priceList = list?.priceList ?? null;
  const known = await knownGoods(tx, merchant, { rows, priceList });
  const defaultTaxes = defaultTaxesOf(terms, query);
  const plan = planImport(rows, { known, defaultTaxes, newId: context.newId, nowMs: context.now() });
  const errors = [...read.errors, ...checked.flatMap((row) => row.errors), ...plan.errors];
  const variants = known.map(({ variant }) => variant);
  return { terms, priceList, known: variants, plan: { ...plan, errors: errors.sort((a, b) => a.line - b.line) } };
}

function listFor(
  { lists }: ShopTerms,
  { priceList }: ImportQuery,
  { columns }: ReadCsv,
): ShopTerms["lists"][number] | null {
  const [only] = lists;
  const named = priceList === undefined ? undefined : lists.find((list) => list.priceList === priceList);
  if (priceList !== undefined && named === undefined) {
    throw new ApiError("bad_request", "priceList: there is no such price list.", { field: "priceList" });
  }
  if (named === undefined && lists.length > 1 && columns.includes("price")) {
    throw new ApiError("bad_request", "priceList: say on which list the prices belong.", { field: "priceList" });
  }
  return named ?? only ?? null;
}

function defaultTaxesOf({ taxes }: ShopTerms, { tax }: ImportQuery): ImportPlan["variants"][number]["taxes"] | null {
  if (tax === undefined) return null;
  if (tax === "none") return [];
  if (!taxes.includes(tax)) throw new ApiError("bad_request", "tax: there is no such tax.", { field: "tax" });
  return [tax];
}

function reportOf(
  read: ReadCsv,
  { terms, plan, applied }: { readonly terms: ShopTerms; readonly plan: ImportPlan; readonly applied: boolean },
): ImportReport {
  const created = plan.differences.filter(({ kind }) => kind === "new").length;
  return {
    applied,
    basis: terms.basis,
    rows: read.rows.length,
    created,
    changed: plan.differences.length - created,
    unchanged: plan.unchanged,
    errorCount: plan.errors.length,
    errors: plan.errors.slice(0, importErrorsMax),
    differences: plan.differences.slice(0, importDifferencesMax),
  };
}

type Saving = { readonly request: ImportRequest; readonly plan: ImportPlan; readonly priceList: Uuid | null };

async function save(tx: Tx, { request, plan, priceList }: Saving): Promise<DocumentKey[]> {
  const { merchant, tell } = request;
  const { variants, prices } = plan;
  const touched: DocumentKey[] = [];
  const of = variants.length + prices.length;
  for (let first = 0; first < variants.length; first += ROWS_AT_ONCE) {
    touched.push(...(await saveVariants(tx, merchant, variants.slice(first, first + ROWS_AT_ONCE))));
    tell({ kind: "progress", stage: "saving", done: Math.min(first + ROWS_AT_ONCE, variants.length) / of });
  }
  for (let first = 0; first < prices.length && priceList !== null; first += ROWS_AT_ONCE) {
    const part = prices.slice(first, first + ROWS_AT_ONCE);
    touched.push(...(await savePrices(tx, merchant, { priceList, prices: part })));
    tell({
      kind: "progress",
      stage: "saving",
      done: (variants.length + Math.min(first + ROWS_AT_ONCE, prices.length)) / of,
    });
  }
  return touched;
}
