import { call } from './base.js'
import { reasonOf } from './texts.js'

const alarm = document.getElementById('alarm')
const kept = Number(localStorage.getItem('amocrm.me')) || undefined

/** Who acts at this board, and which pipeline it shows. */
export const session = { me: kept, pipelineId: undefined, search: '' }

export function chooseMe(id) {
  session.me = id
  localStorage.setItem('amocrm.me', String(id))
}

/** Does something as the chosen user. @returns true when it worked; else the reason is shown and read out. */
export async function act(path, body = {}) {
  try {
    await call(path, { ...body, ...(session.me ? { by: session.me } : {}) })
    alarm.textContent = ''
    return true
  } catch (error) {
    alarm.textContent = reasonOf(error)
    return false
  }
}
