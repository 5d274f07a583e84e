import { setTimeout as sleep } from 'node:timers/promises'
import { says } from '../crowd/talk.ts'
import { beyondIdle, countCpu, mapParts, measureIdle, type Parts } from '../crowd/usage.ts'
import { startTemplate } from './start-template.ts'
import type { Variant } from './workflows.ts'

const variants = ['floor', 'agent', 'agent with calendar'] satisfies Variant[]
const crowds = [
  { leads: 1, times: 10 },
  { leads: 10, times: 2 },
  { leads: 60, times: 1 },
]

export type TemplateCost = { variant: Variant; leads: number; cpuMs: Parts }

/** CPU-ms of a message by n8n's floor and by the template, for as many leads at once as the crowds have. */
export async function measureTemplate(progress: (line: string) => void): Promise<TemplateCost[]> {
  progress('Starting an n8n with the usual template')
  const template = await startTemplate()
  try {
    const { pids, say } = template
    const text = (variant: Variant) => (variant === 'agent with calendar' ? says.offer : says.answer)
    for (const variant of variants)
      for (let time = 0; time < 5; time++) await say(variant, 'warm', text(variant))
    const idle = await measureIdle(pids)
    const costs: TemplateCost[] = []
    for (const { leads, times } of crowds)
      for (const variant of variants) {
        progress(`Template, ${leads} at once: ${variant}`)
        const count = countCpu(pids)
        for (let time = 0; time < times; time++)
          await Promise.all(
            Array.from({ length: leads }, (_, lead) =>
              say(variant, `${variant} ${leads} ${lead}`, text(variant)),
            ),
          )
        // What n8n writes after it has answered is part of it.
        await sleep(1500)
        const { used, ms } = count()
        const beyond = beyondIdle(used, idle, ms)
        costs.push({
          variant,
          leads,
          cpuMs: mapParts((part) => beyond[part] / (leads * times)),
        })
      }
    return costs
  } finally {
    await template.stop()
  }
}
