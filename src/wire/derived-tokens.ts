/** A token of the usual form that no target has issued. It is no secret. */
export const unknownToken = 'pat_conformance_0000000000000000_unknown'

const token = 'printf %s "$CONFORMANCE_TOKEN"'

/**
 * Tokens that the suite makes from the active one, by the name that stands for each in reports, as a POSIX shell
 * writes them inside double quotes, given CONFORMANCE_TOKEN alone.
 */
const derivedInShell: Readonly<Record<string, string>> = {
  UNKNOWN_TOKEN: unknownToken,
  TOKEN_ONE_LONGER: `$\{CONFORMANCE_TOKEN}=`,
  TOKEN_AND_WORDS: `$\{CONFORMANCE_TOKEN} ;, or more`,
  TOKEN_BEGINS_WITH_WILDCARD: `*$\{CONFORMANCE_TOKEN#?}`,
  TOKEN_ENDS_IN_WILDCARD: `$\{CONFORMANCE_TOKEN%?}%`,
  TOKEN_ONE_SHORTER: `$\{CONFORMANCE_TOKEN%?}`,
  TOKEN_HALF: `$(${token} | cut -c1-$((\${#CONFORMANCE_TOKEN} / 2)))`,
  TOKEN_HALF_PATTERN_1: `$(${token} | cut -c1-$((\${#CONFORMANCE_TOKEN} / 2)))%`,
  TOKEN_HALF_PATTERN_2: `$(${token} | cut -c1-$((\${#CONFORMANCE_TOKEN} / 2)))*`,
  TOKEN_HALF_PATTERN_3: `$(${token} | cut -c1-$((\${#CONFORMANCE_TOKEN} / 2))).*`,
  TOKEN_CHANGED: `$(${token} | awk '{ m = int(length($0) / 2); c = substr($0, m + 1, 1) == "a" ? "b" : "a"; print substr($0, 1, m) c substr($0, m + 2) }')`,
  TOKEN_CASE: `$(${token} | awk '{ match($0, /.*[A-Za-z]./); m = RLENGTH - 1; c = substr($0, m, 1); print substr($0, 1, m - 1) (c == toupper(c) ? tolower(c) : toupper(c)) substr($0, m + 1) }')`,
  TOKEN_FIRST_CHANGED: `$(${token} | awk '{ print (substr($0, 1, 1) == "a" ? "b" : "a") substr($0, 2) }')`,
  TOKEN_LAST_CHANGED: `$(${token} | awk '{ s = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; match($0, /.*[A-Za-z0-9_-]/); m = RLENGTH; i = index(s, substr($0, m, 1)) - 1; print substr($0, 1, m - 1) substr(s, (i + 32) % 64 + 1, 1) substr($0, m + 1) }')`,
  TOKEN_WITHOUT_PREFIX: `$(${token} | awk '{ n = match($0, /^[A-Za-z0-9]+[_.-]/) ? RLENGTH : 1; print substr($0, (n > 12 ? 1 : n) + 1) }')`,
  TOKEN_TAIL: `$(${token} | cut -c$((\${#CONFORMANCE_TOKEN} / 2 + 1))-)`,
  TOKEN_QUOTED: `\\"$\{CONFORMANCE_TOKEN}\\"`,
  TOKEN_SECOND: `x, $\{CONFORMANCE_TOKEN}`,
  TOKEN_PATTERN: `$\{CONFORMANCE_TOKEN%?}_`,
  TOKEN_ENCODED: `$(${token} | awk '{ printf "%%" }')$(${token} | cut -c1 | tr -d '\\n' | od -An -tx1 | tr -d ' \\n')$(${token} | cut -c2-)`,
  TOKEN_PADDED: `$\{CONFORMANCE_TOKEN}$(printf '\\240')`,
  TOKEN_SPLIT: `$(${token} | cut -c1-$((\${#CONFORMANCE_TOKEN} / 2))) $(${token} | cut -c$((\${#CONFORMANCE_TOKEN} / 2 + 1))-)`,
  TOKEN_AS_BASIC: `$(printf %s "$CONFORMANCE_TOKEN:$CONFORMANCE_TOKEN" | base64 | tr -d '\\n')`,
}

/**
 * What stands for a secret in reports, as a POSIX shell writes it inside double quotes. CONFORMANCE_HEADERS has a
 * header on each line that is not blank, and `CONFORMANCE_HEADERS_2` is the value of the second one.
 */
export function inShell(name: string): string {
  const line = /^CONFORMANCE_HEADERS_(\d+)$/.exec(name)?.[1]
  if (line === undefined) return derivedInShell[name] ?? `$${name}`
  return `$(printf '%s\\n' "$CONFORMANCE_HEADERS" | sed '/^[[:space:]]*$/d' | sed -n '${line}{s/^[^:]*:[[:space:]]*//;s/[[:space:]]*$//;p;}')`
}
