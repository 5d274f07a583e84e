import type { PhraseName } from './phrase-names.ts'

/**
 * What a person does next. `tell`: so many messages of themselves: first the need, then how many leads and who answers. `time`: names their own time.
 * `until booked`: asks for times, takes one of a list (the number: its place), agrees, until a meeting is told. `silence`: says nothing for
 * a while and hears nothing.
 */
export type Step =
  | { say: PhraseName; hears?: 'nothing' | 'that it is an assistant' }
  | { tell: number }
  | { time: true }
  | { untilBooked: 1 | 2 }
  | { silence: true }

/** How it has to end, whatever was said. */
export type GoalEnd = 'booked' | 'moved' | 'cancelled' | 'lost' | 'opted out' | 'human' | 'open'

export type Goal = { steps: Step[]; end: GoalEnd }

const books: Step[] = [{ tell: 2 }, { untilBooked: 1 }]

export const goals = {
  books: { steps: [...books, { say: 'thanks' }], end: 'booked' },
  'asks price and books': { steps: [{ say: 'price' }, ...books], end: 'booked' },
  'names a time': { steps: [{ tell: 1 }, { time: true }, { untilBooked: 1 }], end: 'booked' },
  'asks for a bot and books': {
    steps: [{ say: 'bot', hears: 'that it is an assistant' }, ...books],
    end: 'booked',
  },
  'changes their mind': { steps: [...books, { say: 'other time' }, { untilBooked: 2 }], end: 'moved' },
  moves: { steps: [{ tell: 2 }, { untilBooked: 2 }, { say: 'move' }, { untilBooked: 1 }], end: 'moved' },
  cancels: { steps: [...books, { say: 'cancel' }], end: 'cancelled' },
  'falls silent and comes back': {
    steps: [{ tell: 1 }, { silence: true }, { say: 'back' }, { untilBooked: 2 }],
    end: 'booked',
  },
  refuses: { steps: [{ say: 'no' }], end: 'lost' },
  'opts out': {
    steps: [{ tell: 1 }, { say: 'stop', hears: 'nothing' }, { silence: true }],
    end: 'opted out',
  },
  'books and opts out': { steps: [...books, { say: 'stop', hears: 'nothing' }], end: 'opted out' },
  'wants a human': { steps: [{ say: 'human' }, { say: 'thanks', hears: 'nothing' }], end: 'human' },
  later: { steps: [{ say: 'later' }], end: 'open' },
} as const satisfies Record<string, Goal>

export type GoalName = keyof typeof goals
const isGoal = (name: string): name is GoalName => name in goals
export const goalNames = Object.keys(goals).filter(isGoal)
