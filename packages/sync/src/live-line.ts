import type { Cancel, Clock, Dice, Wire } from "./ports.ts";
import type { Replica } from "./replica.ts";

export type LiveLinePorts = {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly replica: Replica;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
  /** News may have been missed: ask for them. */
  readonly pullSoon: (delayMs: number) => void;
};

const LIVE_SILENCE_MS = 45_000;
const RECONNECT_SPREAD_MS = 1_000;

/** The open line on which news come. Nothing depends on it: whatever it may have missed is asked for. */
export class LiveLine {
  readonly #ports: LiveLinePorts;
  #open: { readonly channels: string; readonly close: Cancel } | null = null;
  #cancelSilence: Cancel | null = null;

  constructor(ports: LiveLinePorts) {
    this.#ports = ports;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  open(channels: readonly string[]): void {
    const key = channels.join(" ");
    if (this.#open?.channels === key || channels.length === 0) return;
    this.close();
    const { wire, replica, dice, onChange, onFault, pullSoon } = this.#ports;
    const close = wire.live(channels, {
      onHello: ({ origin, heads }) => {
        this.#heard();
        // Something may have changed between the last pull and the line: events will not tell it again.
        const held = new Map(replica.channels().map((each) => [each.channel, each]));
        const behind = Object.entries(heads).some(([channel, head]) => held.get(channel)?.rev !== head);
        if (behind || [...held.values()].some((each) => each.origin !== origin)) pullSoon(0);
      },
      onFeed: (event) => {
        this.#heard();
        void replica.takeLive(event).then((taken) => (taken ? onChange() : pullSoon(0)), onFault);
      },
      onPing: () => this.#heard(),
      onEnd: () => {
        this.close();
        pullSoon(Math.round(dice() * RECONNECT_SPREAD_MS));
      },
    });
    this.#open = { channels: key, close };
    this.#heard();
  }

  close(): void {
    this.#cancelSilence?.();
    this.#cancelSilence = null;
    const open = this.#open;
    this.#open = null;
    open?.close();
  }

  /** A buffering proxy keeps a line open on which nothing comes: without pings it counts as gone. */
  #heard(): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#ports.clock.after(LIVE_SILENCE_MS, () => this.close());
  }
}
