import type { Recorder } from './journals.ts'
import { createPerson, hear, type Person, type Saying } from './people.ts'
import type { PersonPlan } from './plan.ts'

/** Who is who outside: the harness made them. */
export type CastMember = {
  number: number
  character: string
  language: 'ru' | 'en'
  /** Also the name of the contact in the CRM. */
  name: string
  leadId: number
  /** null: not in Telegram at all. */
  personId: number | null
}

const firstNames = { ru: 'Мария', en: 'Emily' }

/** The people come at their times, read their phones and answer. Finite: each has a script that ends. */
export function playPeople(options: {
  people: PersonPlan[]
  urls: { amocrm: string; telegram: string }
  recorder: Recorder
  log: (line: string) => void
}): {
  cast: CastMember[]
  allCame: Promise<void>
  /** One more than were planned. */
  come: (person: Omit<PersonPlan, 'atMs'>) => Promise<void>
  stop: () => void
} {
  const { people, urls, recorder, log } = options
  const cast: CastMember[] = []
  const minds = new Map<number, Person>()
  const timers = new Set<NodeJS.Timeout>()
  let stopped = false

  const later = (afterMs: number, act: () => Promise<void>) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act().catch((error: unknown) => log(`a person could not act: ${String(error)}`))
    }, afterMs)
    timers.add(timer)
  }

  async function come(plan: Omit<PersonPlan, 'atMs'>): Promise<void> {
    // Known by the name in amoCRM, Google and the prompts alike; the first word is how the assistant greets.
    const name = `${firstNames[plan.language]} N${plan.number}`
    const username = `chaos_${plan.number}`
    const phone = `${plan.language === 'ru' ? '+7916' : '+447400'}${String(100_000 + plan.number).padStart(plan.language === 'ru' ? 7 : 6, '5')}`
    let personId: number | null = null
    if (plan.character !== 'unreachable') {
      const person = { firstName: firstNames[plan.language], username, phone, languageCode: plan.language }
      personId = (await post<{ id: number }>(`${urls.telegram}/_sim/people`, person)).id
      minds.set(personId, createPerson(plan.character, plan.language, plan.seed))
    }
    const contact = { name, phone, telegram: `@${username}` }
    const { leadId } = await post<{ leadId: number }>(`${urls.amocrm}/_sim/leads`, {
      name: `Chaos ${plan.number}`,
      contact,
    })
    cast.push({
      number: plan.number,
      character: plan.character,
      language: plan.language,
      name,
      leadId,
      personId,
    })
  }

  recorder.onEntry((of, entry) => {
    if (stopped || of !== 'telegram' || entry.kind !== 'message' || entry['via'] !== 'client') return
    const personId = Number(entry['personId'])
    const mind = minds.get(personId)
    if (!mind) return
    const { person, sayings } = hear(mind, String(entry['text']))
    minds.set(personId, person)
    for (const saying of sayings) later(saying.afterMs, () => speak(personId, saying))
  })

  const speak = (personId: number, { text, by }: Saying) =>
    post<void>(`${urls.telegram}/_sim/people/${personId}/${by === 'human' ? 'seller-says' : 'say'}`, { text })

  const allCame = Promise.all(
    people.map(
      (plan) =>
        new Promise<void>((resolve, reject) => {
          later(plan.atMs, () => come(plan).then(resolve, reject))
        }),
    ),
  ).then(() => {})
  return {
    cast,
    allCame,
    come,
    stop: () => {
      stopped = true
      timers.forEach(clearTimeout)
    },
  }
}

async function post<Answer>(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}
