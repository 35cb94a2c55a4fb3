import type { Fault } from '../fault.ts'
import { inputFaults } from './input.ts'
import { undecodableFaults } from './undecodable.ts'

/** Servers that break a requirement of this area first. */
export const hostileInputFaults: readonly Fault[] = [...inputFaults, ...undecodableFaults]
