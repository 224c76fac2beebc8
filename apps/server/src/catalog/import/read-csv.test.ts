import { importRowCharsMax, importRowsMax } from "@holdfast/protocol/office/limits";
import { describe, expect, test } from "vitest";
import { type ReadCsv, readCsv } from "./read-csv.ts";

/** As it comes over a line: in pieces that end anywhere. */
async function read(file: string | Uint8Array, pieceBytes = 7): Promise<ReadCsv> {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  return await readCsv(pieces(bytes, pieceBytes));
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function faults(file: string | Uint8Array, pieceBytes?: number): Promise<unknown[]> {
  const { errors } = await read(file, pieceBytes);
  return errors.map(({ line, column, fault }) => [line, column, fault]);
}

describe("what is read", () => {
  test("cells by column, each with the line on which its row begins", async () => {
    const { columns, rows, errors } = await read(
      'SKU,Name,Price\n1,"Bread, sliced",2.50\n\n2,"two\nlines",3\n3,Milk,\n',
    );
    expect(columns).toEqual(["sku", "name", "price"]);
    expect(rows).toEqual([
      { line: 2, cells: { sku: "1", name: "Bread, sliced", price: "2.50" } },
      { line: 4, cells: { sku: "2", name: "two lines", price: "3" } },
      { line: 6, cells: { sku: "3", name: "Milk", price: "" } },
    ]);
    expect(errors).toEqual([]);
  });

  test("what another encoding left in a name, and nobody sees, is left out", async () => {
    const { rows } = await read("sku,name\n1,Nap\u00f3\u0083j\tLemon\n", 1_000);
    expect(rows[0]?.cells.name).toBe("Nap\u00f3j Lemon");
  });

  test.each([",", ";", "\t"])("cells parted by %j", async (sign) => {
    const { rows } = await read(["sku", "name"].join(sign).concat("\n", ["7", "Tea"].join(sign), "\n"), 1_000);
    expect(rows).toEqual([{ line: 2, cells: { sku: "7", name: "Tea" } }]);
  });

  test("a byte order mark and the line ends of Windows are no part of it", async () => {
    const { rows, errors } = await read("\ufeffsku,name\r\n1,Tea\r\n2,Kaffee\r\n", 1_000);
    expect([rows.length, errors]).toEqual([2, []]);
    expect(rows[1]?.cells.name).toBe("Kaffee");
  });

  test("a letter is whole although it came in two pieces", async () => {
    const { rows } = await read("sku,name\n1,Crème brûlée 食パン\n", 1);
    expect(rows[0]?.cells.name).toBe("Crème brûlée 食パン");
  });
});

describe("what is wrong is told by line", () => {
  test.each<[string, string, unknown[]]>([
    ["nothing at all", "", [[1, null, "no-header"]]],
    ["a header alone", "sku,name\n", [[1, null, "no-rows"]]],
    ["a column that nobody knows", "sku,name,colour\n1,Tea,red\n", [[1, null, "column-unknown"]]],
    ["a column that is there twice", "sku,name,name\n1,Tea,Tea\n", [[1, "name", "column-twice"]]],
    ["no name", "sku,price\n1,2\n", [[1, "name", "column-missing"]]],
    ["nothing to tell goods apart by", "name,price\nTea,2\n", [[1, "barcode", "column-missing"]]],
    ["more cells than columns", "sku,name\n1,Tea\n2,Milk,3.50,x\n", [[3, null, "too-many-cells"]]],
    ["a NUL byte", "sku,name\n1,Te\u0000a\n2,Milk\n", [[2, "name", "control-character"]]],
    ["a quote in the middle of a cell", 'sku,name\n1,Te"a"\n2,Milk\n', [[2, null, "row-broken"]]],
    ["a quote that is never closed", 'sku,name\n1,Tea\n2,"Milk\n3,Salt\n', [[3, null, "row-broken"]]],
  ])("%s", async (_what, file, expected) => {
    expect(await faults(file, 1_000)).toEqual(expected);
  });

  test("text in another encoding than UTF-8", async () => {
    const latin1 = Uint8Array.from([..."sku,name\n1,Tea\n2,Caf\u00e9\n"], (letter) => letter.charCodeAt(0));
    expect(await faults(latin1)).toEqual([[3, "name", "not-utf8"]]);
  });

  test("a cell of ten megabytes, and the rows around it are read", async () => {
    const file = `sku,name\n1,Tea\n2,${"x".repeat(10_000_000)}\n3,Salt\n`;
    const { rows, errors } = await read(file, 65_536);
    expect(errors.map(({ line, fault }) => [line, fault])).toEqual([[3, "row-too-long"]]);
    expect(rows.map(({ cells }) => cells.sku)).toEqual(["1", "3"]);
  }, 60_000);

  test("the longest row is read, and no more rows than there may be", async () => {
    const longest = `sku,name\n1,${"x".repeat(importRowCharsMax - 1)}\n`;
    expect(await faults(longest, 65_536)).toEqual([]);
    const full = `sku,name\n${"1,Tea\n".repeat(importRowsMax)}`;
    expect(await faults(full, 65_536)).toEqual([]);
    expect(await faults(`${full}1,Tea\n`, 65_536)).toEqual([[importRowsMax + 2, null, "too-many-rows"]]);
  }, 60_000);
});
