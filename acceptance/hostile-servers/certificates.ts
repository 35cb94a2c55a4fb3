import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What is wrong with a certificate; `private` is right for those who know its authority. */
export type Kind = 'expired' | 'self-signed' | 'other-name' | 'private'

/** A key and its certificate as PEM, of no worth to anyone. */
export interface Certificate {
  readonly key: string
  readonly cert: string
  /** The file of the certificate of the authority that signed it. */
  readonly caFile: string
  /** Removes the file. */
  remove(): Promise<void>
}

const run = promisify(execFile)
const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes a throw-away certificate for localhost with openssl, and the authority that signs it. */
export async function makeCertificate(kind: Kind): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-tls-'))
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const host = kind === 'other-name' ? 'elsewhere.example' : 'localhost'
  const name = `subjectAltName=DNS:${host}`
  const own = (file: string, subject: string, ...rest: string[]) =>
    openssl(
      'req',
      '-x509',
      ...ecKey,
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.pem`,
      '-subj',
      subject,
      ...rest,
    )

  await own('ca', '/CN=Zoo authority', '-days', '2')
  if (kind === 'self-signed') await own('own', `/CN=${host}`, '-days', '2', '-addext', name)
  else {
    await openssl('req', ...ecKey, '-keyout', 'own.key', '-out', 'own.csr', '-subj', `/CN=${host}`)
    await writeFile(join(folder, 'own.ext'), `${name}\n`)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'own.ext']
    // A negative number of days ends before it begins: expired from the start.
    const days = kind === 'expired' ? '-1' : '2'
    await openssl('x509', '-req', '-in', 'own.csr', '-out', 'own.pem', ...by, '-days', days)
  }
  const [key, cert] = await Promise.all(
    ['own.key', 'own.pem'].map((file) => readFile(join(folder, file), 'utf8')),
  )
  return {
    key: key ?? '',
    cert: cert ?? '',
    caFile: join(folder, 'ca.pem'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
