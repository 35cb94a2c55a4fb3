import { declareMatrix } from './declare-matrix.ts'

declareMatrix(1, 2)
