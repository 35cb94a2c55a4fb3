import accept from './accept.spec.ts'
import authentication from './authentication.spec.ts'
import envelope from './envelope.spec.ts'
import errors from './errors.spec.ts'
import event from './event.spec.ts'
import filter from './filter.spec.ts'
import hostileInput from './hostile-input.spec.ts'
import isolation from './isolation.spec.ts'
import live from './live.spec.ts'
import model from './model.spec.ts'
import notFound from './not-found.spec.ts'
import order from './order.spec.ts'
import pagination from './pagination.spec.ts'
import stream from './stream.spec.ts'

/** All specs, in the contract's order. */
export const specs = [
  envelope,
  event,
  order,
  isolation,
  pagination,
  filter,
  accept,
  stream,
  authentication,
  notFound,
  errors,
  hostileInput,
  live,
  model,
] as const
