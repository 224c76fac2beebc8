import { accept, type Result, refuse } from "../../kernel/result.ts";
import { checkElement, type ElementsRefusal, type Gs1Element } from "./element-string.ts";

export type DigitalLinkRefusal = ElementsRefusal | { readonly kind: "not-a-digital-link" };

/** Keys that can begin a Digital Link's path, and what may follow them there (GS1 Digital Link: URI syntax 1.4). */
const QUALIFIERS: Readonly<Record<string, readonly string[]>> = {
  "00": [],
  "01": ["22", "10", "21", "235"],
  "253": [],
  "255": [],
  "401": [],
  "402": [],
  "414": ["254", "7040"],
  "417": ["7040"],
  "8003": [],
  "8004": ["7040"],
  "8006": ["22", "10", "21"],
  "8010": ["8011"],
  "8013": [],
  "8017": ["8019"],
  "8018": ["8019"],
};

export function looksLikeWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/**
 * Reads the GS1 facts out of a Digital Link on any domain; the address itself is never opened. The right-most key of the
 * path counts, GTINs of any length are padded, and query keys that are no numbers are for the web, not for us.
 */
export function parseDigitalLink(uri: string): Result<Gs1Element[], DigitalLinkRefusal> {
  const match = /^https?:\/\/[^/?#]+(\/[^?#]*)?(?:\?([^#]*))?/i.exec(uri);
  if (match === null) return refuse({ kind: "not-a-digital-link" });
  const path = (match[1] ?? "").split("/").slice(1);
  const key = path.findLastIndex((segment, index) => segment in QUALIFIERS && index + 1 < path.length);
  if (key < 0) return refuse({ kind: "not-a-digital-link" });
  const pairs = [...pathPairs(path.slice(key)), ...queryPairs(match[2] ?? "")];
  const elements: Gs1Element[] = [];
  for (const [identifier, encoded] of pairs) {
    const text = decoded(encoded);
    if (text === null) return refuse({ kind: "malformed", identifier });
    const checked = checkElement([identifier, padded(identifier, text)]);
    if (!checked.ok) return checked;
    elements.push(checked.value);
  }
  return accept(elements);
}

function pathPairs(segments: readonly string[]): Gs1Element[] {
  const [key, value] = segments as [string, string];
  const pairs: Gs1Element[] = [[key, value]];
  for (let index = 2; index + 1 < segments.length; index += 2) {
    const qualifier = segments[index] as string;
    if (QUALIFIERS[key]?.includes(qualifier)) pairs.push([qualifier, segments[index + 1] as string]);
  }
  return pairs;
}

function queryPairs(query: string): Gs1Element[] {
  return query
    .split(/[&;]/)
    .map((pair): Gs1Element => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    })
    .filter(([name]) => /^\d+$/.test(name));
}

function padded(identifier: string, text: string): string {
  const isShortGtin = identifier === "01" && (text.length === 8 || text.length === 12 || text.length === 13);
  return isShortGtin ? text.padStart(14, "0") : text;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
