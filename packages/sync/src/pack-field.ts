/** Fields that come a hundred thousand times and mostly say something simple are kept in a simple form. */
type Packer = { readonly pack: (value: unknown) => unknown; readonly unpack: (packed: unknown) => unknown };

const PACKERS: Readonly<Record<string, Packer>> = {
  /** `4006381333931 4006381333948*6`: codes with how many one scan means. */
  "variant.barcodes": {
    pack: (value) => {
      const barcodes = value as readonly { readonly code: string; readonly pack: number }[];
      if (!barcodes.every(({ code }) => PLAIN_CODE.test(code))) return value;
      return barcodes.map(({ code, pack: units }) => (units === 1 ? code : `${code}*${units}`)).join(" ");
    },
    unpack: (packed) => {
      if (typeof packed !== "string") return packed;
      return packed === "" ? [] : packed.split(" ").map(parseBarcode);
    },
  },
  /** `1299`: one price in hundredths for one unit, at any time. */
  "price.prices": {
    pack: (value) => {
      const [only, ...rest] = value as readonly PlainPrice[];
      const isPlain = rest.length === 0 && only?.price.scale === 2 && only.price.per === 1;
      return isPlain && only.from === null && only.to === null && only.minQuantity === 0 ? only.price.units : value;
    },
    unpack: (packed) =>
      typeof packed === "number"
        ? [{ price: { units: packed, scale: 2, per: 1 }, from: null, to: null, minQuantity: 0 }]
        : packed,
  },
};

type PlainPrice = {
  readonly price: { readonly units: number; readonly scale: number; readonly per: number };
  readonly from: string | null;
  readonly to: string | null;
  readonly minQuantity: number;
};

/** No space and no star, which part the codes; nearly every real one is like that. */
const PLAIN_CODE = /^[0-9A-Za-z._/-]+$/;

function parseBarcode(text: string): { code: string; pack: number } {
  const [code = "", pack = "1"] = text.split("*");
  return { code, pack: Number(pack) };
}

export function packField(kind: string, name: string, value: unknown): unknown {
  return PACKERS[`${kind}.${name}`]?.pack(value) ?? value;
}

export function unpackField(kind: string, name: string, packed: unknown): unknown {
  const packer = PACKERS[`${kind}.${name}`];
  return packer === undefined ? packed : packer.unpack(packed);
}
