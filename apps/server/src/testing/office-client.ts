import { OFFICE_HEADER } from "@holdfast/protocol/office/session";
import type { z } from "zod";
import { DEMO_OWNER, DEMO_SLUG } from "../seed/open-demo.ts";

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** A person at the back office, as a browser would act for them. */
export type OfficeClient = {
  readonly send: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** The reply of a request that is expected to succeed, checked against its schema. */
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<T>;
};

export type SignIn = { readonly slug: string; readonly email: string; readonly password: string };

export const OWNER: SignIn = { slug: DEMO_SLUG, ...DEMO_OWNER };

export async function signInOffice(baseUrl: string, as: SignIn = OWNER): Promise<OfficeClient> {
  const { status, body, headers } = await officeClient(baseUrl, "").send("POST", "/session", as);
  if (status !== 201) throw new Error(`not signed in: ${JSON.stringify(body)}`);
  return officeClient(baseUrl, headers.get("set-cookie")?.split(";")[0] ?? "");
}

export function officeClient(baseUrl: string, cookie: string): OfficeClient {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${baseUrl}/v1/office${path}`, {
      method,
      headers: { cookie, origin: baseUrl, [OFFICE_HEADER]: "1", "content-type": "application/json" },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text), headers: response.headers };
  };
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    const { status, body } = await send("GET", path);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    return schema.parse(body);
  };
  return { send, get };
}
