import type { Observed } from './invariants/invariant.ts'

export type Recovery = { part: string; why: string; seconds: number }

const progress = {
  telegram: (entry: Record<string, unknown>) => entry['kind'] === 'message' && entry['via'] === 'client',
  amocrm: ({ kind }: Record<string, unknown>) =>
    kind === 'note' || kind === 'task' || kind === 'lead.updated',
  google: ({ kind }: Record<string, unknown>) => String(kind).startsWith('event.'),
}

/**
 * From each restart to the next effect that the outside saw, where there was work to do: a new lead or words of a person that
 * nothing had followed yet. Slowest first. Restarts before whose next effect another part went down say nothing and are left out.
 */
export function findRecoveries({ journals, outages }: Pick<Observed, 'journals' | 'outages'>): Recovery[] {
  const at = (entry: { at: string }) => Date.parse(entry.at)
  const effects = Object.entries(progress)
    .flatMap(([of, is]) => journals[of as keyof typeof progress].filter(is).map(at))
    .toSorted((a, b) => a - b)
  const work = [
    ...journals.telegram.filter((entry) => entry.kind === 'message' && entry['from'] === 'person'),
    ...journals.amocrm.filter((entry) => entry.kind === 'lead.added'),
  ].map(at)
  return outages
    .flatMap(({ part, why, from, to }) => {
      const lastEffect = effects.findLast((effect) => effect < to) ?? 0
      const hadWork = work.some((moment) => moment > Math.min(lastEffect, from) && moment < to)
      const next = effects.find((effect) => effect >= to)
      if (!hadWork || next === undefined) return []
      const alone = outages.every((other) => other.from === from || other.to < from || other.from > next)
      return alone ? [{ part, why, seconds: (next - to) / 1000 }] : []
    })
    .toSorted((a, b) => b.seconds - a.seconds)
}
