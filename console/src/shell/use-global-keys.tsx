import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useSyncExternalStore } from 'react'
import { queueNames } from '../inbox/inbox-place.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useHotkeys } from '../ui/hotkeys.ts'
import { Keycap } from '../ui/keycap.tsx'

let isShown = false
const watchers = new Set<() => void>()
function show(shown: boolean): void {
  isShown = shown
  for (const watcher of watchers) watcher()
}
export const showKeys = () => show(true)

/** The keys that work on every page, and the list of all keys. */
export function useGlobalKeys(): ReactNode {
  const texts = useTexts()
  const navigate = useNavigate()
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => isShown,
  )
  const toQueue = Object.fromEntries(
    queueNames.map((queue, index) => [
      String(index + 1),
      () => void navigate({ to: '/app/inbox/$queue', params: { queue } }),
    ]),
  )
  useHotkeys({ ...toQueue, '?': () => show(true) })
  if (!shown) return null
  const { keys } = texts
  const list: [string[], string][] = [
    [['J', '↓'], keys.next],
    [['K', '↑'], keys.previous],
    [['/'], keys.search],
    [['1', '7'], keys.queue],
    [['R'], keys.reply],
    [['N'], keys.note],
    [['Ctrl', 'Enter'], keys.send],
    [['T'], keys.take],
    [['G'], keys.give],
    [['S'], keys.stop],
    [['A'], keys.approve],
    [['W'], keys.why],
    [['?'], keys.help],
    [['Esc'], keys.escape],
  ]
  return (
    <Dialog title={keys.title} onClose={() => show(false)} wide>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-2 max-sm:grid-cols-1">
        {list.map(([signs, what]) => (
          <div key={what} className="flex items-center justify-between gap-4 border-b py-1.5">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {signs.map((sign) => (
                <Keycap key={sign}>{sign}</Keycap>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
