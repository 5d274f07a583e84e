import type { Ports } from '../app.ts'
import { filtersText, readPollState } from './poll-state.ts'
import { tokenInUse, tokenText } from './watch-token.ts'

/** Whether the account can be worked with now, in a few words: the gate first, then how the last look at it went. */
export async function amocrmState(
  app: Ports<'config' | 'db' | 'amocrm' | 'now'>,
): Promise<{ ok: boolean; detail?: string }> {
  const refused = app.amocrm.refused()
  if (refused) return { ok: false, detail: refused }
  const gate = await app.amocrm.gate.state()
  if (!gate.open)
    return {
      ok: false,
      detail: `${gate.kind}, not asked until ${gate.until.toISOString()}: ${gate.detail}`,
    }
  const poll = await readPollState(app)
  if (poll.error !== null)
    return { ok: false, detail: `the last look for missed leads failed: ${poll.error}` }
  const said = [tokenText(tokenInUse(app), app.now()), filtersText(poll.filters), ...poll.refused].filter(
    (text) => text !== null,
  )
  return { ok: true, ...(said.length > 0 ? { detail: said.join('; ') } : {}) }
}
