import { describe, expect, test } from "vitest";
import { idAt, openIds, rowOfId } from "./ids.ts";

const UUIDS = [
  "01890000-0000-7000-8000-0000000000ff",
  "01890000-0000-7000-8000-0000000a0000",
  "01890000-0000-7fff-bfff-ffffffffffff",
  "01a0ffff-1234-7abc-9def-0123456789ab",
  "ffffffff-ffff-7fff-bfff-ffffffffffff",
];
const WORDS = ["reduced", "vat-10", "vat-20"];

describe.each([
  ["UUIDs", UUIDS, "01890000-0000-7000-8000-000000000100"],
  ["other ids", WORDS, "vat-15"],
  ["both", [...UUIDS, "vat-20"], "vat-10"],
])("%s", (_, ids, missing) => {
  const opened = openIds(ids.join("\n"), ids.length);

  test("come out as they went in, each at its row", () => {
    expect(ids.map((_id, row) => idAt(opened, row))).toEqual(ids);
    expect(ids.map((id) => rowOfId(opened, ids.length, id))).toEqual(ids.map((_id, row) => row));
  });

  test("that are not there have no row, whatever they look like", () => {
    for (const id of [missing, "", "01890000", "zz", UUIDS[0]?.toUpperCase() ?? ""])
      expect(rowOfId(opened, ids.length, id)).toBeNull();
  });
});

test("ids take sixteen bytes where all are UUIDs", () => {
  expect(openIds(UUIDS.join("\n"), UUIDS.length)).toMatchObject({
    kind: "uuids",
    bytes: { length: 16 * UUIDS.length },
  });
});

test("ids that do not ascend are no chunk", () => {
  expect(() => openIds([...UUIDS].reverse().join("\n"), UUIDS.length)).toThrow(/ascend/);
});
