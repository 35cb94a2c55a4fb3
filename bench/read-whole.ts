// Reads one thread in full and prints the largest resident set of this process, in bytes.
import { createReader } from './reader.ts'

const [baseUrl = '', events = ''] = process.argv.slice(2)
const { client, reading } = createReader(baseUrl)
await reading.load()
await client.close()
if (reading.events.length !== Number(events)) throw new Error('The thread was not read in full.')
process.stdout.write(String(process.resourceUsage().maxRSS * 1_024))
