import type { Command } from 'commander'
import type { CommandContext } from './context.ts'

/** Adds one command to the program; `done` takes its exit code. */
export type AddCommand = (program: Command, context: CommandContext, done: (code: number) => void) => Command
