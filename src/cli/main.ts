#!/usr/bin/env node
import { ConfigError, loadConfig } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { createLiveLine } from '../report/live-line.ts'
import { printable } from '../report/printable.ts'
import { createStyle } from '../report/style.ts'
import { readArguments } from './arguments.ts'
import { helpText } from './help.ts'
import type { Output } from './run.ts'

const print = (text: string) => void process.stdout.write(text)
// A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
process.stdout.on('error', () => process.exit(0))

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2))
  if (args.help) {
    print(helpText())
    return 0
  }
  if (args.version) {
    print(`${packageVersion}\n`)
    return 0
  }
  const format = args.own.format ?? 'terminal'
  if (args.command === 'serve') {
    const { serveCommand } = await import('./serve.ts')
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    return serveCommand(args.own, print, stopped)
  }
  if (args.command === 'run' && args.own.plan !== undefined) {
    const { requestPlanCommand } = await import('./request-plan.ts')
    const config = loadConfig(args.settings, process.env, '.env')
    return requestPlanCommand(config, args.own.json !== undefined, output())
  }
  if (args.command === 'run') {
    const { runCommand } = await import('./run.ts')
    const config = loadConfig(args.settings, process.env, '.env')
    return runCommand(config, output())
  }
  if (args.command === 'doctor') {
    const { doctorCommand } = await import('./doctor.ts')
    const config = loadConfig(args.settings, process.env, '.env')
    return doctorCommand(config, args.own.json !== undefined, output())
  }
  if (args.command === 'merge') {
    const { mergeCommand, withoutTarget } = await import('./merge.ts')
    const config = loadConfig(args.settings, withoutTarget(process.env), '.env')
    return mergeCommand(args.operands, config, output())
  }
  if (args.command === 'replay') {
    const { replayCommand } = await import('./replay.ts')
    const config = loadConfig(args.settings, process.env, '.env')
    return replayCommand(args.operands, config, { print, colours: coloursWanted() })
  }
  if (args.command === 'compare') {
    const { compareCommand } = await import('./compare.ts')
    return compareCommand(args.operands, format, createStyle(coloursWanted()), print)
  }
  if (args.command === 'requirements') {
    const { requirementsCommand } = await import('./requirements.ts')
    return requirementsCommand(format, print)
  }
  if (args.command === 'faults') {
    const { faultsCommand } = await import('./faults.ts')
    return faultsCommand(format, print)
  }
  if (args.command === 'world') {
    const { worldCommand } = await import('./world.ts')
    return worldCommand(args.own.out, print)
  }
  if (args.command === 'openapi') {
    const { openApiDocument } = await import('../contract/openapi.ts')
    print(`${JSON.stringify(openApiDocument(), null, 2)}\n`)
    return 0
  }
  throw new ConfigError([
    `There is no command ${JSON.stringify(args.command)}; see --help for those there are.`,
  ])
}

function output(): Output {
  const { stdout, env } = process
  const live = stdout.isTTY === true && env.TERM !== 'dumb' && (env.CI === undefined || env.CI === '')
  return {
    print,
    colours: coloursWanted(),
    live: live ? createLiveLine(print, () => stdout.columns) : undefined,
  }
}

function coloursWanted(): boolean {
  if (process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== '') return false
  if (process.env.FORCE_COLOR !== undefined) return process.env.FORCE_COLOR !== '0'
  return process.stdout.isTTY === true
}

try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof ConfigError) {
    process.stderr.write(
      `${error.problems.map(printable).join('\n')}\nSee thread-events-conformance --help.\n`,
    )
    process.exitCode = 2
  } else {
    const what = error instanceof Error ? error.message : String(error)
    process.stderr.write(
      `The suite itself broke: ${printable(what)}\nPlease report this with the command that you ran.\n`,
    )
    process.exitCode = 4
  }
}
