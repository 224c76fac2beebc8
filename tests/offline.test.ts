import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const DAY = "tests/e2e/whole-day-offline.e2e.ts";

type Row = { readonly operation: string; readonly file: string; readonly title: string };

const rows = (await readFile(join(ROOT, "docs/offline.md"), "utf8"))
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| operation") && !line.startsWith("| ---"))
  .map(readRow);

/** `step "…"` is a step of the day; else the file stands before the title. */
function readRow(line: string): Row {
  const [, operation = "", , heldBy = ""] = line.split("|").map((cell) => cell.trim());
  const named = /^(?:step|`([^`]+)`) "([^"]+)"$/.exec(heldBy);
  return { operation, file: named?.[1] ?? DAY, title: named?.[2] ?? "" };
}

describe("each row of the offline matrix", () => {
  test("is there", () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(rows)("$operation", async ({ file, title }) => {
    const source = await readFile(join(ROOT, file), "utf8");
    expect(title).not.toBe("");
    expect(source.split(`"${title}"`)).toHaveLength(2);
    const before = source.slice(0, source.indexOf(`"${title}"`));
    expect(before).toMatch(/(?:test|test\.step)\($/);
  });
});
