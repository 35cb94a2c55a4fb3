import { updateGeneratedDocs } from './generated-docs.ts'

updateGeneratedDocs()
