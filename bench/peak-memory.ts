// Loaded before a command (`node --import`): writes the largest resident set of the process, in bytes, to a file.
import { writeFileSync } from 'node:fs'

process.on('exit', () => writeFileSync('peak-memory', String(process.resourceUsage().maxRSS * 1_024)))
