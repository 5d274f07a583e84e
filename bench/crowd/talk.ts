/** What every lead of a crowd says, step by step; the assistant's first message is nobody's answer. */
export const steps = ['first touch', 'answer', 'offer', 'booking'] as const
export type Step = (typeof steps)[number]

/** What the person says for a step to be the answer to it. */
export const says: Record<Exclude<Step, 'first touch'>, string> = {
  answer: 'Менеджеры отвечают слишком долго, и мы теряем заявки. А сколько это стоит?',
  offer: 'Давайте созвонимся, когда можно?',
  booking: 'Давайте первый вариант',
}

/** Who has the same seller as others of the crowd takes another time than they. */
export const picks = [says.booking, 'Давайте второй вариант', 'Давайте третий вариант']
