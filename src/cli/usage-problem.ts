import type { Command } from 'commander'
import { suggestion } from '../config/suggest.ts'

/**
 * A message of the command line parser in the words of this program.
 * @param program the program; the unknown option may belong to another of its commands
 */
export function usageProblem(message: string, program: Command): string {
  const [, text = '', similar] = /^(?:error: )?([\s\S]*?)(?:\n\(Did you mean (?:one of )?([^?]*)\?\))?$/.exec(
    message,
  ) ?? [undefined, message]
  const hint = similar === undefined ? '' : ` Did you mean ${similar}?`
  const [, flag, value, choices] =
    /^option '(?:-\w, )?(--[\w-]+)[^']*' argument '([\s\S]*)' is invalid\. Allowed choices are (.*)\.$/.exec(
      text,
    ) ?? []
  if (flag !== undefined) return `Invalid ${flag} ${value ?? ''}. Choose from ${choices ?? ''}.`
  const [, lacking, placeholder] = /^option '(--[\w-]+) <([^>]*)>' argument missing$/.exec(text) ?? []
  if (lacking !== undefined) return `${lacking} needs a value (${placeholder ?? ''}).`
  const [, argument] = /^missing required argument '(.*)'$/.exec(text) ?? []
  if (argument !== undefined) return `The argument ${argument} is missing.`
  const [, command, most, given] =
    /^too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)\.$/.exec(text) ?? []
  if (command !== undefined)
    return `${command} takes ${most === '0' ? 'no arguments' : most === '1' ? 'one argument' : `${most ?? ''} arguments`}, got ${given ?? ''}.`
  const [, unknown] = /^unknown option '(--?[\w-]+)/.exec(text) ?? []
  if (unknown !== undefined)
    return `Unknown option ${unknown}.${hint === '' ? elsewhere(unknown, program) : hint}`
  const plain = text.replace(/^(unknown \w+) '([\s\S]*)'$/, '$1 $2')
  return `${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}${plain.endsWith('.') ? '' : '.'}${hint}`
}

function elsewhere(flag: string, { commands }: Command): string {
  const having = commands.filter(({ options }) => options.some(({ long }) => long === flag))
  if (having.length > 0) return ` It is an option of ${listed(having.map((command) => command.name()))}.`
  const flags = commands.flatMap(({ options }) => options.map(({ long }) => long ?? ''))
  return suggestion(flag, [...new Set(flags)])
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
