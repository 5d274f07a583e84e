import { useSyncExternalStore } from 'react'

type Toast = { id: number; text: string; isProblem: boolean }

const shownMs = 4500
let toasts: Toast[] = []
let next = 1
const watchers = new Set<() => void>()
function set(changed: Toast[]): void {
  toasts = changed
  for (const watcher of watchers) watcher()
}

/** Says briefly what was done or went wrong. */
export function toast(text: string, isProblem = false): void {
  const id = next++
  set([...toasts.slice(-2), { id, text, isProblem }])
  setTimeout(() => set(toasts.filter((one) => one.id !== id)), shownMs)
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => toasts,
  )
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 top-16 z-50 flex flex-col items-center gap-2 px-4"
    >
      {shown.map(({ id, text, isProblem }) => (
        <div
          key={id}
          className={`animate-rise rounded-md px-4 py-2 font-medium shadow-pop ${isProblem ? 'bg-attention text-inverse' : 'bg-ink text-inverse'}`}
        >
          {text}
        </div>
      ))}
    </div>
  )
}
