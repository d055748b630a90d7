import type { FastifyReply } from 'fastify';

/** For everything that is no page of ours: nothing may run. */
export const noContentPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Texts of reports come from strangers: even if one got into the page as HTML, nothing of it would run or call out. */
export const viewerPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Of every answer that is no page of ours. */
export const commonHeaders = {
  'content-security-policy': noContentPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

export function setSecurityHeaders(reply: FastifyReply): void {
  reply.headers(commonHeaders);
}
