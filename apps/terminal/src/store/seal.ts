/** A value encrypted with AES-GCM: what lies in the profile's files tells nothing but its length. */
export type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly box: ArrayBuffer };

const IV_BYTES = 12;

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

export async function unseal(key: CryptoKey, { iv, box }: Sealed): Promise<unknown> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box);
  return JSON.parse(new TextDecoder().decode(plain));
}
