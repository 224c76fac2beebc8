import { readFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { type ImportNews, type ImportReport, importNewsSchema } from "@holdfast/protocol/office/import";
import { OFFICE_HEADER } from "@holdfast/protocol/office/session";

const HELP = `npm run import -- FILE [options]

Compares a file of products (CSV, may be gzipped) with a running shop and shows
what is new, what changes, and what is wrong, line by line. Nothing changes
unless --apply is given, and then all of the file is taken in, or nothing.

Columns: name, and sku or barcode; also category, price, tax, unit.

  --apply           take it in
  --tax ID          tax of new products that name none ("none" for no tax)
  --list ID         price list, where there are several
  --server ADDRESS  of the back office (http://localhost:4600)
  --shop NAME       (demo)   --email ADDRESS   the password is read from
                    HOLDFAST_PASSWORD`;

type Options = {
  readonly server: string;
  readonly shop: string;
  readonly email: string;
  readonly password: string;
  readonly query: URLSearchParams;
};

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      apply: { type: "boolean", default: false },
      tax: { type: "string" },
      list: { type: "string" },
      server: { type: "string", default: "http://localhost:4600" },
      shop: { type: "string", default: "demo" },
      email: { type: "string", default: "owner@harbour-stores.example" },
      help: { type: "boolean", default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console.log(HELP);
    return values.help;
  }
  const query = new URLSearchParams({ apply: String(values.apply) });
  if (values.tax !== undefined) query.set("tax", values.tax);
  if (values.list !== undefined) query.set("priceList", values.list);
  const { server, shop, email } = values;
  const bytes = await readFile(file);
  const text = file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  return say(
    await send(text, { server, shop, email, query, password: process.env.HOLDFAST_PASSWORD ?? "holdfast-demo" }),
  );
}

async function send(body: Uint8Array<ArrayBuffer>, options: Options): Promise<ImportReport> {
  const { server, shop, email, password, query } = options;
  const headers = { origin: server, [OFFICE_HEADER]: "1" };
  const session = await fetch(`${server}/v1/office/session`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ slug: shop, email, password }),
  });
  if (!session.ok) throw new Error(`not signed in: ${await session.text()}`);
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  const response = await fetch(`${server}/v1/office/products/import?${query}`, {
    method: "POST",
    headers: { ...headers, cookie, "content-type": "text/csv" },
    body,
  });
  if (!response.ok || response.body === null) throw new Error(await response.text());
  for await (const news of newsOf(response.body)) {
    if (news.kind === "report") return news.report;
    if (news.kind === "failed") throw new Error(news.error.message);
    process.stderr.write(`\r${news.stage} ${Math.round(news.done * 100)} %   `);
  }
  throw new Error("the server stopped before it was done: nothing was taken in");
}

async function* newsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportNews> {
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield importNewsSchema.parse(JSON.parse(line));
  }
}

function say(report: ImportReport): boolean {
  const { rows, created, changed, unchanged, errorCount, errors, differences, applied } = report;
  process.stderr.write("\n");
  for (const { line, kind, sku, name, changes } of differences) {
    const what = changes.map(({ column, before, after }) => `${column} ${before ?? "–"} → ${after ?? "–"}`).join(", ");
    console.log(`line ${line}: ${kind} ${sku} ${name}${kind === "changed" ? `: ${what}` : ""}`);
  }
  const more = created + changed - differences.length;
  if (more > 0) console.log(`… and ${more} more`);
  for (const { line, column, fault, value } of errors) {
    console.error(`line ${line}${column === null ? "" : `, ${column}`}: ${fault}${value === "" ? "" : ` (${value})`}`);
  }
  const done = applied ? "taken in" : errorCount > 0 ? "nothing was taken in" : "compared; --apply takes it in";
  console.log(
    `${rows} rows: ${created} new, ${changed} changed, ${unchanged} unchanged, ${errorCount} errors. ${done}.`,
  );
  return errorCount === 0;
}

process.exitCode = await main().then(
  (isRight) => (isRight ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  },
);
