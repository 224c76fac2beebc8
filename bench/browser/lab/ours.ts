import { ChannelCopy } from "@holdfast/sync/channel-copy";
import { Catalogue } from "../../../apps/terminal/src/catalog/catalogue.ts";
import { openZipped } from "../../../apps/terminal/src/catalog/open-zipped.ts";
import { FOUND_MAX } from "./lab.ts";

/** The terminal's own catalogue over the chunks of the shop, to be asked without a screen. */
export class Ours {
  #catalogue: Catalogue | null = null;

  open = async (): Promise<void> => {
    const names = (await (await fetch("/chunks.json")).json()) as string[];
    const copy = new ChannelCopy();
    for (const name of names) copy.addChunk(await openZipped(new Uint8Array(await (await fetch(name)).arrayBuffer())));
    this.#catalogue = new Catalogue(copy);
    // The first question makes what is made only when somebody asks.
    this.search("a");
  };

  byCode(code: string): string | undefined {
    return this.#opened.byCode(code)[0]?.variant.name;
  }

  search(word: string): number {
    return this.#opened.search(word, FOUND_MAX).length;
  }

  get #opened(): Catalogue {
    if (this.#catalogue === null) throw new Error("it is not open");
    return this.#catalogue;
  }
}
