import { priceChannel } from "@holdfast/protocol/channel";
import { productSchema } from "@holdfast/protocol/office/products";
import { type OfficeClient, signInOffice } from "../../apps/server/src/testing/office-client.ts";
import type { Run, Side } from "../measure/rounds.ts";
import { Audience } from "./audience.ts";
import type { DrainWorld } from "./drain.ts";

export type AudienceSize = { readonly connected: number; readonly changes: number };

export type LiveSides = {
  readonly sides: Side[];
  /** How often a terminal was told only that there is news, and had to fetch it. */
  readonly fetched: () => number;
  readonly close: () => void;
};

/**
 * A price changed in the back office, until each connected terminal has the new price itself: told with the news, or fetched
 * where the news say only that there are some. Counted from when the office asks for the change, so before its commit.
 * Against plain writes to as many.
 */
export async function liveSides(
  { server, shop, noopUrl }: DrainWorld,
  { connected, changes }: AudienceSize,
): Promise<LiveSides> {
  const channel = priceChannel(shop.priceList);
  const seats = Array.from({ length: connected }, (_, index) => {
    const { token } = shop.devices[index % shop.devices.length] as (typeof shop.devices)[number];
    return { baseUrl: server.baseUrl, path: `/v1/live?c=${encodeURIComponent(channel)}&c=m`, token };
  });
  const ours = await Audience.gather(channel, seats);
  const theirs = await Audience.gather(
    channel,
    seats.map(() => ({ baseUrl: noopUrl, path: "/live", token: "" })),
  );
  const office = await signInOffice(server.officeUrl, shop.owner);
  let told = 0;
  const repeat = async (once: () => Promise<number[]>): Promise<Run> => {
    const latenciesMs: number[] = [];
    for (let change = 0; change < changes; change += 1) latenciesMs.push(...(await once()));
    return { units: latenciesMs.length, latenciesMs };
  };
  const priceChange = async (): Promise<number[]> => {
    const variant = shop.goods[told % shop.goods.length]?.variant ?? "";
    told += 1;
    const units = 10_000 + told;
    const change = await priceToChange(office, variant, units);
    return await ours.tellAll((documents) => JSON.stringify(documents).includes(`"units":${units}`), change);
  };
  const plainWrite = async (): Promise<number[]> => {
    told += 1;
    const docs = [{ told, text: "x".repeat(300) }];
    const body = JSON.stringify({ channel, from: 0, to: 0, docs });
    return await theirs.tellAll(
      (documents) => JSON.stringify(documents).includes(`"told":${told},`),
      async () => {
        await fetch(`${noopUrl}/tell`, { method: "POST", body });
      },
    );
  };
  return {
    sides: [
      { name: `a price change known to ${connected} terminals`, unit: "message", run: () => repeat(priceChange) },
      { name: `limit: ${connected} plain writes of as much`, unit: "message", run: () => repeat(plainWrite) },
    ],
    fetched: () => ours.fetched,
    close: () => {
      ours.close();
      theirs.close();
    },
  };
}

/** Reads what is to be changed and hands back the change itself, so that only that is timed. */
async function priceToChange(office: OfficeClient, variant: string, units: number): Promise<() => Promise<void>> {
  const { onHand: _, variant: id, ...product } = await office.get(`/products/${variant}`, productSchema);
  const prices = product.prices.map((listed) => ({ ...listed, price: { units, scale: 2, per: 1 } }));
  return async () => {
    const answer = await office.send("PUT", `/products/${id}`, { ...product, prices });
    if (answer.status !== 200) throw new Error(`the price was not changed: ${JSON.stringify(answer.body)}`);
  };
}
