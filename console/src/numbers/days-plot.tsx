import type { Numbers } from '@lead/contract/console'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { dayName } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'

const height = 200
const series = [
  ['received', '--color-soft'],
  ['replied', '--color-assistant'],
  ['booked', '--color-booked'],
] as const

/** A colour of the theme as a canvas understands it, for the theme of this moment. */
function colour(name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** How many leads came each day, and how far they got; the same numbers stand in a table for who does not see the plot. */
export function DaysPlot({ days }: { days: Numbers['days'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000
    const axis = {
      stroke: () => colour('--color-faint'),
      grid: { stroke: () => colour('--color-line'), width: 1 },
      ticks: { show: false },
      font: '11px Inter Variable, sans-serif',
    }
    const plot = new UPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { y: false, points: { size: 7 } },
        scales: { x: { time: true }, y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.1)] } },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_plot, ticks) =>
              ticks.map((tick) => dayName(new Date(tick * 1000), { language, zone: 'UTC' })),
            space: 90,
            size: 28,
          },
          { ...axis, size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
        ],
        series: [
          {},
          ...series.map(([name, token]) => ({
            label: texts.numbers[name],
            stroke: () => colour(token),
            width: 2,
            points: { size: 5 },
          })),
        ],
      },
      [
        days.map(({ day }) => at(day)),
        ...series.map(([name]) => days.map((day) => day[name])),
      ] as UPlot.AlignedData,
      element,
    )
    const fit = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    fit.observe(element)
    const redraw = () => plot.redraw(false)
    const theme = new MutationObserver(redraw)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', redraw)
    return () => {
      fit.disconnect()
      theme.disconnect()
      system.removeEventListener('change', redraw)
      plot.destroy()
    }
  }, [days, language, texts])
  return (
    <div className="p-4">
      <p className="mb-2 flex gap-4 text-xs text-soft">
        {series.map(([name, token]) => (
          <span key={name} className="flex items-center gap-1.5">
            <span className="h-0.5 w-4 rounded-full" style={{ background: `var(${token})` }} />
            {texts.numbers[name]}
          </span>
        ))}
      </p>
      <div ref={place} aria-hidden />
      <table className="sr-only">
        <caption>{texts.numbers.perDay}</caption>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              {series.map(([name]) => (
                <td key={name}>
                  {texts.numbers[name]}: {day[name]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
