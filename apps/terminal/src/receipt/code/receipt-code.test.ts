import type { Sale } from "@holdfast/domain/sale/sale";
import { accepted, quantity, refused, testCart, testId, testLine, testSale } from "@holdfast/domain/testing/build";
import type { TerminalDocument } from "@holdfast/protocol/documents";
import type { PublicKey } from "@holdfast/protocol/primitives";
import { describe, expect, test } from "vitest";
import { signText, verifyText } from "../../store/web-crypto.ts";
import { fromBase32, toBase32 } from "./base32.ts";
import { readReceiptCode, receiptCode } from "./receipt-code.ts";
import { addSymbol, joinSymbols, type ReadSymbols, toSymbols } from "./symbols.ts";

const till = await keyPair();
const stranger = await keyPair();

async function keyPair(): Promise<{ sign: (text: string) => Promise<string>; publicKey: PublicKey }> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { sign: (text) => signText(text, pair.privateKey), publicKey: { kty, crv, x, y } as PublicKey };
}

const sale = testSale(
  testCart({ lines: [testLine({ quantity: quantity("2") }), testLine({ line: 2, name: "Käse 🧀" })] }),
);

function terminal(other: Partial<TerminalDocument> = {}): TerminalDocument {
  const keys = [{ kid: "k1", key: till.publicKey }];
  return {
    terminal: testId(902),
    branch: testId(901),
    name: "Till 2",
    series: sale.number.series,
    keys,
    revokedAt: null,
    ...other,
  };
}

function read(text: string, known: TerminalDocument | undefined = terminal()) {
  return readReceiptCode(text, {
    terminalOf: (series) => (series === known?.series ? known : undefined),
    verify: verifyText,
  });
}

async function codeOf(of: Sale, sign = till.sign): Promise<string> {
  const code = await receiptCode(of, sign);
  return scanned(code?.symbols ?? []);
}

function scanned(symbols: readonly string[]): string {
  let held: ReadSymbols | null = null;
  for (const symbol of symbols) held = addSymbol(held, symbol);
  return held === null ? "" : (joinSymbols(held) ?? "");
}

describe("a receipt's code at another till", () => {
  test("is read and believed, signed by a terminal of the merchant", async () => {
    const coded = accepted(await read(await codeOf(sale)));
    expect(coded.sale).toBe(sale.sale);
    expect(coded.lines.map(({ name, incTax }) => ({ name, incTax }))).toEqual(
      sale.lines.map(({ name, incTax }) => ({ name, incTax })),
    );
  });

  test("is refused when one bit of the amounts was altered", async () => {
    const bytes = fromBase32(await codeOf(sale));
    if (bytes === null) throw new Error("it is base32");
    const outcomes = new Set<string>();
    for (let at = 64; at < bytes.length; at += 7) {
      const altered = bytes.slice();
      altered[at] = (altered[at] ?? 0) ^ 4;
      const decided = await read(toBase32(altered));
      outcomes.add(decided.ok ? "accepted" : decided.refusal.kind);
    }
    expect(outcomes).not.toContain("accepted");
    expect(outcomes).toContain("unreadable");
  });

  test("is refused when somebody else signed it, though every figure is right", async () => {
    expect(refused(await read(await codeOf(sale, stranger.sign)))).toEqual({ kind: "forged" });
  });

  test("is refused when no terminal here counts its series", async () => {
    const text = await codeOf(sale);
    expect(refused(await read(text, terminal({ series: "ZZ9" })))).toMatchObject({ kind: "unknown-terminal" });
  });

  test("counts from a terminal revoked later, and not from one revoked before", async () => {
    const text = await codeOf(sale);
    expect((await read(text, terminal({ revokedAt: "2099-01-01T00:00:00Z" }))).ok).toBe(true);
    expect(refused(await read(text, terminal({ revokedAt: "2020-01-01T00:00:00Z" })))).toMatchObject({
      kind: "revoked-terminal",
    });
  });

  test("is believed by the terminal's newer key as by its older one", async () => {
    const keys = [
      { kid: "k2", key: stranger.publicKey },
      { kid: "k1", key: till.publicKey },
    ];
    expect((await read(await codeOf(sale), terminal({ keys }))).ok).toBe(true);
  });

  test("training leaves none", async () => {
    expect(await receiptCode({ ...sale, training: true }, till.sign)).toBeNull();
  });

  test("rubbish is no receipt", async () => {
    for (const text of ["", "A", "not base32 at all!", "A".repeat(400)]) {
      expect(refused(await read(text))).toEqual({ kind: "unreadable" });
    }
  });
});

describe("a long receipt", () => {
  const lines = Array.from({ length: 60 }, (_, index) =>
    testLine({ line: index + 1, name: `Article no ${index * 7919}` }),
  );
  const long = testSale(testCart({ lines }));

  test("takes several symbols, read in any order and more than once", async () => {
    const symbols = (await receiptCode(long, till.sign))?.symbols ?? [];
    expect(symbols.length).toBeGreaterThan(2);
    const shuffled = [...symbols].reverse().flatMap((symbol) => [symbol, symbol]);
    expect(accepted(await read(scanned(shuffled))).lines).toHaveLength(60);
    expect(scanned(symbols.slice(1))).toBe("");
  });

  test("a symbol of another receipt in between begins anew instead of mixing", async () => {
    const symbols = (await receiptCode(long, till.sign))?.symbols ?? [];
    const [first, ...rest] = symbols as [string, ...string[]];
    const other = toSymbols("OTHERTEXT")[0] as string;
    let held = addSymbol(addSymbol(null, first), other);
    expect(held).toMatchObject({ count: 1 });
    for (const symbol of rest) held = addSymbol(held, symbol);
    expect(held === null ? "" : joinSymbols(held)).toBeNull();
  });
});

test("base32 gives every byte string back", () => {
  for (let length = 0; length < 20; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 97 + length * 31) % 256);
    expect(fromBase32(toBase32(bytes))).toEqual(bytes);
  }
  expect(fromBase32("A1")).toBeNull();
});
