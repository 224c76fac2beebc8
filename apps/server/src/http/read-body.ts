import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { inflatedBytesMax, requestBytesMax } from "@holdfast/protocol/limits";
import type { Context } from "hono";
import type { z } from "zod";
import { ApiError } from "./api-error.ts";

const unzip = promisify(gunzip);

/** The body as text, within limits before and after decompression. */
export async function readText(c: Context): Promise<string> {
  const bytes = await readBytes(c);
  const encoding = c.req.header("content-encoding") ?? "identity";
  const plain = encoding === "gzip" ? await inflate(bytes) : bytes;
  if (encoding !== "gzip" && encoding !== "identity") {
    throw new ApiError("bad_request", `Content-Encoding ${encoding} is not read here: send gzip or none.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch {
    throw new ApiError("bad_request", "The body is not UTF-8 text.");
  }
}

async function readBytes(c: Context): Promise<Uint8Array> {
  if (Number(c.req.header("content-length") ?? 0) > requestBytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > requestBytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unzip(bytes, { maxOutputLength: inflatedBytesMax });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new ApiError("bad_request", "The body says it is gzip and is not.");
  }
}

function tooLarge(): ApiError {
  return new ApiError("too_large", `The body is larger than ${requestBytesMax} bytes: send it in smaller parts.`);
}

/** A JSON body that fits the schema, or a clear error that names the field. */
export async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(c);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError("bad_request", "The body is not JSON.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error);
}

/** The refusal of input that does not fit: it names the first field that is wrong. */
export function invalidInput(error: z.ZodError): ApiError {
  const issue = error.issues[0];
  const field = issue?.path.join(".") ?? "";
  return new ApiError(
    "bad_request",
    `${field === "" ? "The request" : field}: ${issue?.message ?? "not valid"}`,
    field === "" ? {} : { field },
  );
}
