import { atMost, type Benchmark, type Figure, type Out } from './benchmark.ts'
import { measureCrowds, type StepOfCrowd } from './crowd/measure-crowds.ts'
import type { Step } from './crowd/talk.ts'
import { type Parts, sumOf } from './crowd/usage.ts'
import { measureTemplate, type TemplateCost } from './template/measure-template.ts'
import type { Variant } from './template/workflows.ts'

const goals = { answer: 1, booking: 1.5, 'first touch': 1.5, sum: 150 }
/** What a step is compared with: a booking needs the calendar, too. */
const beside: Record<Step, Variant> = {
  'first touch': 'agent',
  answer: 'agent',
  offer: 'agent with calendar',
  booking: 'agent with calendar',
}

/** What a turn costs the processors, by the kernel's count, beside the usual template on the same n8n. */
export const wholeTurn: Benchmark = {
  id: 'r3',
  title:
    'CPU of n8n, API and PostgreSQL for a first touch, an answer, an offer and a booking, beside the usual template, at 1, 10 and 60 leads at once (about 6 minutes)',
  run: async ({ say, progress }, { crowd }) => {
    const { steps, idleCpuPerSecond } = await measureCrowds(progress, crowd)
    const template = await measureTemplate(progress)
    show(steps, template, say)
    say(
      `Idle, taken off: n8n ${idleCpuPerSecond.n8n.toFixed(1)}, API ${idleCpuPerSecond.api.toFixed(1)}, PostgreSQL ${idleCpuPerSecond.postgres.toFixed(1)} CPU-ms a second.`,
    )
    return figuresOf(steps, template)
  },
}

function show(steps: StepOfCrowd[], template: TemplateCost[], say: Out['say']): void {
  say(
    '| CPU-ms a lead | at once | n8n | API | PostgreSQL | sum | executions | s till all is done |\n|---|---|---|---|---|---|---|---|',
  )
  const row = (name: string, leads: number, cpuMs: Parts, rest: string) =>
    say(
      `| ${name} | ${leads} | ${Math.round(cpuMs.n8n)} | ${Math.round(cpuMs.api)} | ${Math.round(cpuMs.postgres)} | ${Math.round(sumOf(cpuMs))} | ${rest} |`,
    )
  for (const { variant, leads, cpuMs } of template) row(`template: ${variant}`, leads, cpuMs, '1 | ')
  for (const { step, leads, cpuMs, executions, wallMs } of steps)
    row(`ours: ${step}`, leads, cpuMs, `${executions.toFixed(1)} | ${(wallMs / 1000).toFixed(1)}`)
}

function figuresOf(steps: StepOfCrowd[], template: TemplateCost[]): Figure[] {
  return [...new Set(template.map(({ leads }) => leads))].flatMap((leads) => {
    const of = (step: Step) => steps.find((one) => one.step === step && one.leads === leads)
    const than = (variant: Variant) => template.find((one) => one.variant === variant && one.leads === leads)
    const answer = of('answer')
    return [
      ...(['answer', 'booking', 'first touch'] as const).flatMap((step) => {
        const [ours, theirs] = [of(step), than(beside[step])]
        if (!ours || !theirs) return []
        const id = `r3/n8n-of-template/${step.replace(' ', '-')}/${leads}`
        return [atMost(id, ours.cpuMs.n8n / theirs.cpuMs.n8n, goals[step])]
      }),
      ...(answer ? [atMost(`r3/cpu-ms-of-an-answer/${leads}`, sumOf(answer.cpuMs), goals.sum)] : []),
    ]
  })
}
