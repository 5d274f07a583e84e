import type { Ports } from '../app.ts'
import { errorText } from '../text/storable.ts'

/** What is still to be done on the card, the earliest first: asked of amoCRM, where people close it. */
export async function readTasks(app: Ports<'amocrm'>, leadId: number) {
  try {
    const open = await app.amocrm.openTasks(leadId)
    const tasks = open.map(({ id, text, complete_till: dueSec }) => ({
      id,
      text: text ?? '',
      dueAt: dueSec == null ? null : new Date(dueSec * 1000),
    }))
    return { tasks: tasks.toSorted((a, b) => Number(a.dueAt) - Number(b.dueAt)), problem: null }
  } catch (error) {
    return { tasks: null, problem: errorText(error) }
  }
}
