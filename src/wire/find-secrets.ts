import { PhraseSearch } from './phrase-search.ts'
import type { SecretForm, SecretForms } from './secret-encodings.ts'
import { mayHaveEscapes, undoEscapes } from './undo-escapes.ts'

/** Where a text holds a secret. */
export interface Hit<Secret> {
  readonly secret: Secret
  readonly start: number
  readonly end: number
}

const wordCharacter = /[\w-]/

/** Some secrets, with a search for all of their spellings at once. Most texts contain none. */
export class SecretSearch<Secret extends { readonly forms: SecretForms }> {
  readonly secrets: readonly Secret[]
  readonly raw: PhraseSearch
  readonly unescaped: PhraseSearch

  constructor(secrets: readonly Secret[]) {
    this.secrets = secrets
    this.raw = new PhraseSearch(secrets.flatMap(({ forms }) => forms.raw.map(({ text }) => text)))
    this.unescaped = new PhraseSearch(secrets.flatMap(({ forms }) => forms.unescaped.map(({ text }) => text)))
  }

  /** Whether a text has to be searched for each secret: if not, it contains none. */
  mayHold(text: string): boolean {
    return mayHaveEscapes(text) || this.raw.occursIn(text)
  }
}

/** All places at which a text holds one of the secrets, in any spelling. */
export function* findSecrets<Secret extends { readonly forms: SecretForms }>(
  text: string,
  { secrets, raw, unescaped: escaped }: SecretSearch<Secret>,
): Generator<Hit<Secret>> {
  if (raw.occursIn(text))
    for (const secret of secrets)
      for (const form of secret.forms.raw)
        for (const start of placesOf(text, form)) yield { secret, start, end: start + form.text.length }
  if (!mayHaveEscapes(text)) return
  const unescaped = undoEscapes(text)
  if (unescaped.text === text || !escaped.occursIn(unescaped.text)) return
  for (const secret of secrets)
    for (const form of secret.forms.unescaped)
      for (const at of placesOf(unescaped.text, form)) {
        const [start, end] = unescaped.original(at, at + form.text.length)
        yield { secret, start, end }
      }
}

function* placesOf(text: string, { text: form, alone }: SecretForm): Generator<number> {
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length))
    if (!alone || standsAlone(text, at, at + form.length)) yield at
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !wordCharacter.test(text[start - 1] ?? ' ') && !wordCharacter.test(text[end] ?? ' ')
}
