import { texts } from '../../texts/index.ts'
import { checkEach, type Invariant } from './invariant.ts'

const given = Object.values(texts).flatMap(({ task }) => [
  task.answerFailed('').trim(),
  task.calendarAway,
  task.calendarRefused,
])

/** Troubles pass: nobody is left to a human because of one, however long it lasted. Who has no Telegram cannot be reached by anybody. */
export const nobodyGivenUp: Invariant = {
  name: 'nobody was given up because of a trouble',
  check: ({ journals, cast }) =>
    checkEach(
      cast.filter(({ personId }) => personId !== null),
      ({ name, leadId }) =>
        journals.amocrm
          .filter((entry) => entry.kind === 'task' && entry['leadId'] === leadId)
          .filter(({ text }) => String(text).startsWith('Telegram: ') || isGivenUp(String(text)))
          .map(({ n, text }) => ({
            what: `${name} is left to a human: ${String(text)}`,
            where: [`amocrm#${n}`],
          })),
    ),
}

const isGivenUp = (text: string) => given.some((words) => text.includes(words))
