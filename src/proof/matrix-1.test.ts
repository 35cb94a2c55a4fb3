import { declareMatrix } from './declare-matrix.ts'

declareMatrix(0, 2)
