import fc from 'fast-check'

/** Types beyond the documented ones, in families that differ by an ending, by case or by one sign. */
export const typeFamilies = [
  'agent.message',
  'agent.message.delta',
  'agent.messages',
  'agent.mess',
  'agent',
  'Agent.Message',
  'AGENT.MESSAGE',
  'agent_message',
  'agent.tool_use',
  'agent.tool',
  'agent.tool-use',
  'user.message',
  'message',
  'session.thread_status_running.v2',
  'session.thread_status',
  'агент.сообщение',
  'agent.message%',
] as const

/** A type: now and then a frequent one, else any of the families; the last ones are rare. */
export const eventType: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...typeFamilies.slice(0, 3)) },
  { weight: 5, arbitrary: fc.constantFrom(...typeFamilies) },
)
