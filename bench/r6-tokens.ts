import { inParallel } from '../eval/models/in-parallel.ts'
import type { PlayedPerson } from '../eval/people/play-person.ts'
import { readPeople } from '../eval/people/read-people.ts'
import { playPlays } from '../eval/people/run-people.ts'
import { atLeast, atMost, type Benchmark } from './benchmark.ts'
import { startTemplate } from './template/start-template.ts'
import type { Variant } from './template/workflows.ts'

/** Every third of the evaluation's people; all of them take some six minutes. */
const every = 3
const atOnce = 10
const goals = { template: 0.5, ended: 1 }
const lead = 'lead: '

type Spent = { calls: number; input: number }

/** The evaluation's people through the system, then the same words of theirs through the template. */
export const tokens: Benchmark = {
  id: 'r6',
  title:
    "input tokens and calls of models for a booked meeting over the evaluation's people, beside the usual template (about 3 minutes)",
  run: async ({ say, progress }) => {
    const people = readPeople().filter((_, index) => index % every === 0)
    const office = { name: 'simulator', simulated: true, settings: {} }
    const { played, costs } = await playPlays(people, { k: 1, office, say: progress })
    const meetings = played.filter(({ booked }) => booked).length
    const ended = played.filter(({ problems }) => problems.length === 0).length / played.length
    progress('Starting an n8n with the usual template')
    const usual = await replay(played, 'agent with calendar', progress)
    const told = await replay(played, 'agent with our rules', progress)
    say(
      `${played.length} people, ${meetings} meetings booked. The simulators count a token for four characters.\n`,
    )
    say('| for a booked meeting | calls of models | input tokens |\n|---|---|---|')
    for (const [name, { calls, input }] of [
      ['ours', costs],
      ['the template as it is published', usual],
      ['the template with our rules', told],
    ] as const)
      say(`| ${name} | ${(calls / meetings).toFixed(1)} | ${Math.round(input / meetings)} |`)
    say(
      '\nThe template books nothing by itself: it is given the same words, and the same meetings are taken for its own.',
    )
    return [
      atMost('r6/of-template-with-our-rules', costs.input / told.input, goals.template),
      atMost('r6/of-template-as-published', costs.input / usual.input, goals.template),
      atLeast('r6/ended-well', ended, goals.ended),
    ]
  },
}

/** Says to the template what the people said, each talk in its order. */
async function replay(
  played: PlayedPerson[],
  variant: Variant,
  progress: (line: string) => void,
): Promise<Spent> {
  const template = await startTemplate()
  try {
    progress(`The same words to the template: ${variant}`)
    await inParallel(played, atOnce, async ({ transcript }, index) => {
      for (const line of transcript)
        if (line.startsWith(lead)) await template.say(variant, `${variant} ${index}`, line.slice(lead.length))
    })
    return { ...template.spent }
  } finally {
    await template.stop()
  }
}
