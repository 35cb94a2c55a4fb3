import { expect, test } from 'vitest'
import { ValueTable } from '../record/recorded-answer.ts'
import { standardBehaviour } from '../reference/standard-behaviour.ts'
import type { World } from '../reference/world/world.ts'
import { AnswerReader } from './read-raw-answer.ts'
import { ReplayEnvironment } from './replay-environment.ts'

test('no two replays use the same threads', () => {
  const world: World = {
    version: 1,
    sessions: [
      {
        id: 's',
        threads: [
          {
            id: 't',
            events: [
              {
                id: 'a',
                type: 'x',
                created_at: '2026-01-01T00:00:00Z',
                session_id: 's',
                session_thread_id: 't',
              },
            ],
          },
        ],
      },
    ],
  }
  const stage = new ReplayEnvironment(
    { asked: [], world, setupActions: [] },
    new AnswerReader(new ValueTable([])),
  )
  const threadOf = () => stage.storeFor(standardBehaviour).sessions.get('s')?.threads.get('t')
  const [one, other] = [threadOf(), threadOf()]
  expect(one).not.toBe(other)
  expect(other?.sorted.map(({ event }) => event.id)).toEqual(['a'])
})
