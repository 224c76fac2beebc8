/** What the cashier hears without looking: well, and not well. */
export type Tone = "good" | "bad" | "paid";

type Note = {
  readonly hertz: number;
  readonly startMs: number;
  readonly lengthMs: number;
  readonly shape: OscillatorType;
};

const NOTES: Readonly<Record<Tone, readonly Note[]>> = {
  good: [{ hertz: 1_760, startMs: 0, lengthMs: 70, shape: "sine" }],
  bad: [
    { hertz: 220, startMs: 0, lengthMs: 180, shape: "square" },
    { hertz: 165, startMs: 200, lengthMs: 260, shape: "square" },
  ],
  paid: [
    { hertz: 1_047, startMs: 0, lengthMs: 90, shape: "sine" },
    { hertz: 1_568, startMs: 90, lengthMs: 160, shape: "sine" },
  ],
};

const LOUDNESS: Readonly<Record<Tone, number>> = { good: 0.12, bad: 0.22, paid: 0.12 };

export type Speaker = { readonly play: (tone: Tone) => void };

/** Made of oscillators, so that there is no file that could be missing. Silent until the page was touched once. */
export function createSpeaker(): Speaker {
  let context: AudioContext | null = null;
  return {
    play: (tone) => {
      if (!("AudioContext" in window) || navigator.userActivation?.hasBeenActive === false) return;
      context ??= new AudioContext();
      if (context.state === "suspended") void context.resume();
      for (const note of NOTES[tone]) playNote(context, note, LOUDNESS[tone]);
    },
  };
}

function playNote(context: AudioContext, { hertz, startMs, lengthMs, shape }: Note, loudness: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const from = context.currentTime + startMs / 1_000;
  const to = from + lengthMs / 1_000;
  oscillator.type = shape;
  oscillator.frequency.value = hertz;
  // A sudden end would click.
  gain.gain.setValueAtTime(loudness, from);
  gain.gain.exponentialRampToValueAtTime(0.001, to);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(to);
}
