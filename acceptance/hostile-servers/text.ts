import type { HostileServer } from './hostile-server.ts'
import { replaceBody } from './list-override.ts'
import { conformantExcept } from './serve.ts'

/** Texts that do harm where they are shown as they are. */
export const payloads = {
  terminal: '\u001b[2J\u001b[31mgone\u0007\u001b]0;title\u0007\u009b1A\r\u202egnp.exe',
  html: '<script>alert(1)</script><img src=x onerror=alert(2)>"\'><svg/onload=alert(3)>&lt;',
  xml: ']]>\u0000\u0001\u000b\ufffe</testcase><failure>&#0;<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
  csv: '=cmd|\'/c calc\'!A1,"+1+1",@SUM(1)\n-2',
  markdown: '[x](javascript:alert(1)) | cell | ![](http://x.invalid/y.png) ``` <b> # heading',
  shell: '\'; touch /tmp/owned; $(touch /tmp/owned) `touch /tmp/owned` "$HOME"',
} as const

/** Every event's id and type hold the text, so that the findings do. */
function everywhere(payload: string) {
  const inside = JSON.stringify(payload).slice(1, -1)
  return conformantExcept(
    replaceBody(({ body }) =>
      Buffer.from(body)
        .toString()
        .replaceAll('"evt_', () => `"${inside}evt_`)
        .replaceAll('"type":"', () => `"type":"${inside}`),
    ),
  )
}

/** Targets whose texts are weapons. */
export const text: readonly HostileServer[] = [
  ...Object.entries(payloads).map(
    ([name, payload]): HostileServer => ({
      name: `${name}-syntax`,
      what: `Fills ids and types with harmful ${name} syntax.`,
      serve: () => everywhere(payload),
      expects: { findings: ['EVT-02'] },
    }),
  ),
  {
    name: 'rows-of-backslashes',
    what: 'Fills lists with half a million incomplete escape sequences in a row.',
    serve: () => conformantExcept(replaceBody(() => `"${'\\\\'.repeat(500_000)}%25"`)),
    expects: { findings: ['ENV-01'] },
  },
  {
    name: 'stack-trace-in-errors',
    what: 'Returns errors with a stack trace and terminal escapes in the message.',
    serve: () =>
      conformantExcept((base) => ({
        refuse(call, denial) {
          const message = `${payloads.terminal}\n    at Object.<anonymous> (/srv/app/index.js:10:5)`
          return base.refuse(call, { ...denial, message })
        },
      })),
    expects: { findings: ['ERR-04'] },
  },
]
