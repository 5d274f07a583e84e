import { Panel } from '../ui/page.tsx'

type Bar = { key: string; name: string; count: number }

/** How often each of a few kinds came, the most often first. */
export function BarsPanel({ title, empty, bars }: { title: string; empty: string; bars: Bar[] }) {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <Panel title={title}>
      {bars.length === 0 ? (
        <p className="p-4 text-soft">{empty}</p>
      ) : (
        <ul className="flex flex-col gap-2.5 p-4">
          {bars.map(({ key, name, count }) => (
            <li key={key}>
              <span className="flex justify-between gap-3">
                <span className="truncate text-soft" title={name}>
                  {name}
                </span>
                <span className="num font-medium">{count}</span>
              </span>
              <span className="mt-1 block h-1.5 overflow-hidden rounded-full bg-hover">
                <span
                  className="block h-full rounded-full bg-line-strong"
                  style={{ width: `${(count / most) * 100}%` }}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
