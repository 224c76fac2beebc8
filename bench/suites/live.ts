import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { priceChannel } from "@holdfast/protocol/channel";
import { productSchema } from "@holdfast/protocol/office/products";
import { type OfficeClient, signInOffice } from "../../apps/server/src/testing/office-client.ts";
import type { Run, Side } from "../measure/rounds.ts";
import type { DrainWorld } from "./drain.ts";

const CONNECTED = 1_000;
const CHANGES = 5;

/** Called with each piece that a connection is sent. */
type Heard = (text: string) => void;

/** A thousand connections on which news comes in; who listens is changed for each thing that is told. */
type Audience = { heard: Heard; readonly close: () => void };

async function gather(urls: readonly { readonly url: string; readonly token: string }[]): Promise<Audience> {
  const agent = new Agent({ maxSockets: CONNECTED });
  const audience: Audience = { heard: () => undefined, close: () => agent.destroy() };
  for (const { url, token } of urls) {
    const [answer] = (await once(get(url, { agent, headers: { authorization: `Bearer ${token}` } }), "response")) as [
      IncomingMessage,
    ];
    await once(answer, "data");
    answer.on("data", (bytes: Buffer) => audience.heard(bytes.toString()));
    answer.on("error", () => undefined);
  }
  return audience;
}

/** Tells once and waits until all have heard it: how long each waited, counted from the telling. */
async function tellAll(audience: Audience, mark: string, tell: () => Promise<void>): Promise<number[]> {
  const latenciesMs: number[] = [];
  const all = new Promise<void>((done) => {
    audience.heard = (text) => {
      if (!text.includes(mark)) return;
      latenciesMs.push(performance.now() - toldAt);
      if (latenciesMs.length === CONNECTED) done();
    };
  });
  const toldAt = performance.now();
  await tell();
  await all;
  return latenciesMs;
}

/** A price changed in the back office, until a thousand connected terminals know it; against plain writes to as many. */
export async function liveSides({ server, shop, noopUrl }: DrainWorld): Promise<{ sides: Side[]; close: () => void }> {
  const channel = priceChannel(shop.priceList);
  const connections = Array.from({ length: CONNECTED }, (_, index) => {
    const { token } = shop.devices[index % shop.devices.length] as (typeof shop.devices)[number];
    return { url: `${server.baseUrl}/v1/live?c=${encodeURIComponent(channel)}&c=m`, token };
  });
  const ours = await gather(connections);
  const theirs = await gather(connections.map(() => ({ url: `${noopUrl}/live`, token: "" })));
  const office = await signInOffice(server.officeUrl, shop.owner);
  let told = 0;
  const repeat = async (once: () => Promise<number[]>): Promise<Run> => {
    const latenciesMs: number[] = [];
    for (let change = 0; change < CHANGES; change += 1) latenciesMs.push(...(await once()));
    return { units: latenciesMs.length, latenciesMs };
  };
  const sides: Side[] = [
    {
      name: `a price change to ${CONNECTED} connections`,
      unit: "message",
      run: () =>
        repeat(async () => {
          const variant = shop.goods[told % shop.goods.length]?.variant ?? "";
          told += 1;
          const units = 10_000 + told;
          return await tellAll(ours, `"units":${units}`, () => changePrice(office, variant, units));
        }),
    },
    {
      name: `limit: ${CONNECTED} plain writes of as much`,
      unit: "message",
      run: () =>
        repeat(async () => {
          told += 1;
          const body = JSON.stringify({ told, text: "x".repeat(300) });
          return await tellAll(theirs, `"told":${told},`, async () => {
            await fetch(`${noopUrl}/tell`, { method: "POST", body });
          });
        }),
    },
  ];
  return {
    sides,
    close: () => {
      ours.close();
      theirs.close();
    },
  };
}

async function changePrice(office: OfficeClient, variant: string, units: number): Promise<void> {
  const { onHand: _, variant: id, ...product } = await office.get(`/products/${variant}`, productSchema);
  const prices = product.prices.map((listed) => ({ ...listed, price: { units, scale: 2, per: 1 } }));
  const answer = await office.send("PUT", `/products/${id}`, { ...product, prices });
  if (answer.status !== 200) throw new Error(`the price was not changed: ${JSON.stringify(answer.body)}`);
}
