import type { MiddlewareHandler } from "hono";

/** Nothing from elsewhere, nothing inline; WebAssembly only because a PIN is checked with it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header("content-security-policy", CONTENT_SECURITY_POLICY);
    c.header("x-content-type-options", "nosniff");
    c.header("x-frame-options", "DENY");
    c.header("referrer-policy", "no-referrer");
    c.header("cross-origin-opener-policy", "same-origin");
    c.header("cross-origin-embedder-policy", "require-corp");
    c.header("cross-origin-resource-policy", "same-origin");
    c.header(
      "permissions-policy",
      "camera=(self), geolocation=(), microphone=(), payment=(), usb=(self), serial=(self), hid=(self)",
    );
  };
}
