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
        <ul className="flex flex-col gap-2 p-4">
          {bars.map(({ key, name, count }) => (
            <li key={key} className="grid grid-cols-[minmax(0,11rem)_1fr_40px] items-center gap-3">
              <span className="truncate text-soft" title={name}>
                {name}
              </span>
              <span className="block h-4 overflow-hidden rounded-sm bg-hover">
                <span
                  className="block h-full rounded-sm bg-line-strong"
                  style={{ width: `${(count / most) * 100}%` }}
                />
              </span>
              <span className="num text-right font-medium">{count}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
