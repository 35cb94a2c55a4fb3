import { bodies } from './bodies.ts'
import { compression } from './compression.ts'
import { framing } from './framing.ts'
import type { HostileServer } from './hostile-server.ts'
import { json } from './json.ts'
import { lifecycle } from './lifecycle.ts'
import { pages } from './pages.ts'
import { rateLimits } from './rate-limits.ts'
import { redirects } from './redirects.ts'
import { streams } from './streams.ts'
import { text } from './text.ts'
import { tls } from './tls.ts'

/** Every hostile server, the slowest first. */
export const hostileServers: readonly HostileServer[] = [
  ...bodies,
  ...streams,
  ...lifecycle,
  ...framing,
  ...compression,
  ...json,
  ...pages,
  ...redirects,
  ...tls,
  ...rateLimits,
  ...text,
]
