import type { VariantId } from "@holdfast/domain/catalog/variant";
import { quantity, testCart, testLine, testSale } from "@holdfast/domain/testing/build";
import { expect, test } from "vitest";
import { type OwnEvent, onHandOf } from "./stock-view.ts";
import { nextId } from "./testing/test-terminal.ts";

const STREAM = nextId();
const LINE = testLine({ quantity: quantity("2") });
const TEA = LINE.variant as VariantId;

function sold(seq: number, training = false): OwnEvent {
  const sale = { ...testSale(testCart({ lines: [LINE], training })), sale: nextId() };
  return { stream: STREAM, seq, event: { type: "sale-completed", body: sale } };
}

function shown(own: readonly OwnEvent[], settledSeq: number): number {
  const onHand = onHandOf(TEA, { units: 10, scale: 0 }, { own, settledSeq: () => settledSeq });
  return onHand.units / 10 ** onHand.scale;
}

test("what I sold and the server does not count yet is taken off its figure", () => {
  expect(shown([], -1)).toBe(10);
  expect(shown([sold(1)], 0)).toBe(8);
  expect(shown([sold(1), sold(2)], 0)).toBe(6);
});

test("what the server's figure already contains is not taken off again", () => {
  expect(shown([sold(1), sold(2)], 1)).toBe(8);
  expect(shown([sold(1), sold(2)], 2)).toBe(10);
});

test("more may be sold than there seems to be", () => {
  expect(
    shown(
      Array.from({ length: 7 }, (_, index) => sold(index)),
      -1,
    ),
  ).toBe(-4);
});

test("practice takes nothing from the shelf", () => {
  expect(shown([sold(1, true)], 0)).toBe(10);
});

test("other goods are not touched", () => {
  const onHand = onHandOf(nextId() as VariantId, { units: 3, scale: 0 }, { own: [sold(1)], settledSeq: () => -1 });
  expect(onHand).toEqual({ units: 3, scale: 0 });
});

test("a sale that was written anew into another stream counts once, and is contained wherever it is", () => {
  const first = sold(5);
  const again = { ...first, stream: nextId(), seq: 1 };
  const shownWith = (settledSeq: (stream: string) => number): number =>
    onHandOf(TEA, { units: 10, scale: 0 }, { own: [first, again], settledSeq }).units;
  expect(shownWith(() => -1)).toBe(8);
  expect(shownWith((stream) => (stream === again.stream ? 1 : -1))).toBe(10);
});

test("a sale that was written anew into another stream is taken off once", () => {
  const first = sold(1);
  const again: OwnEvent = { ...first, stream: nextId(), seq: 4 };
  expect(shown([first, again], 0)).toBe(8);
});

test("a sale that was written anew is contained wherever one of its places is", () => {
  const first = sold(1);
  const again: OwnEvent = { ...first, stream: nextId(), seq: 4 };
  const settledIn = (stream: OwnEvent["stream"]): number => {
    const settledSeq = (asked: OwnEvent["stream"]): number => (asked === stream ? 9 : -1);
    return onHandOf(TEA, { units: 10, scale: 0 }, { own: [first, again], settledSeq }).units;
  };
  expect(settledIn(first.stream)).toBe(10);
  expect(settledIn(again.stream)).toBe(10);
});

test("two sales of the same goods are two", () => {
  const other = sold(2);
  if (other.event.type !== "sale-completed") throw new Error("it is a sale");
  const event = { ...other.event, body: { ...other.event.body, sale: nextId() } };
  expect(shown([sold(1), { ...other, event }], 0)).toBe(6);
});
