// One figure in a process of its own: `node run-figure.js b` prints it as JSON.
import { figures } from './figures.ts'

const figure = await figures[process.argv[2] ?? '']?.measure()
process.stdout.write(JSON.stringify(figure))
