import { describe, expect, test } from "vitest";
import { assert, Bug, present, unreachable } from "./assert.ts";
import { isUuid, uuid, uuidTimeMs, uuidV7 } from "./id.ts";
import { accept, refuse } from "./result.ts";

describe("a bug of ours", () => {
  test("stops at the claim that does not hold, and says which", () => {
    expect(() => assert(false, "INV-07 cash is counted once")).toThrow(new Bug("INV-07 cash is counted once"));
    expect(() => assert(true, "never said")).not.toThrow();
  });

  test("is a case that nobody handled", () => {
    expect(() => unreachable({ kind: "unheard-of" } as never)).toThrow('unreachable: {"kind":"unheard-of"}');
  });

  test("is something missing that must be there", () => {
    expect(present(0, "a number")).toBe(0);
    expect(() => present(undefined, "a tax")).toThrow("a tax");
    expect(() => present(null, "a tax")).toThrow("a tax");
  });
});

test("a decision is a value or a refusal", () => {
  expect(accept(1)).toEqual({ ok: true, value: 1 });
  expect(refuse("closed")).toEqual({ ok: false, refusal: "closed" });
});

describe("ids", () => {
  const random = Uint8Array.from([0xff, 0xee, 0xdd, 0xcc, 0xbb, 0xaa, 0x99, 0x88, 0x77, 0x66]);

  test("are UUIDs of version 7 that tell when they were made", () => {
    const id = uuidV7(1_795_407_000_123, random);
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe("7");
    expect("89ab").toContain(id[19]);
    expect(uuidTimeMs(id)).toBe(1_795_407_000_123);
  });

  test("sort in the order in which they were made", () => {
    expect(uuidV7(1_000, random) < uuidV7(1_001, random)).toBe(true);
  });

  test("need ten random bytes, and survive a clock before 1970", () => {
    expect(() => uuidV7(0, random.slice(1))).toThrow("ten random bytes");
    expect(uuidTimeMs(uuidV7(-5, random))).toBe(0);
  });

  test.each(["", "not-one", "0198C0DE-0000-7000-8000-000000000001", "0198c0de00007000800000000000001"])(
    "%j is none",
    (text) => {
      expect(isUuid(text)).toBe(false);
      expect(() => uuid(text)).toThrow("not a UUID");
    },
  );
});
