import type { Numbers } from '@lead/contract/console'
import { useState } from 'react'
import { useMe } from '../session/use-me.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { percent } from './percent.ts'

type By = 'sources' | 'sellers' | 'variants'
const all: By[] = ['sources', 'sellers', 'variants']

/** The funnel of each source, each seller, or each prompt of an experiment, side by side. */
export function PartsPanel({ numbers }: { numbers: Numbers }) {
  const texts = useTexts()
  const nameOf = usePartName()
  const [by, setBy] = useState<By>('sources')
  const parts = numbers[by]
  return (
    <section className="rounded-lg border bg-raised">
      <div
        role="tablist"
        aria-label={texts.numbers.funnel}
        className="flex h-11 items-center gap-1 border-b px-2"
      >
        {all
          .filter((name) => numbers[name].length > 0)
          .map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`parts-${name}`}
              aria-selected={by === name}
              aria-controls="parts"
              onClick={() => setBy(name)}
              className={`h-8 rounded-sm px-2.5 font-medium max-sm:h-10 ${by === name ? 'bg-hover' : 'text-soft hover:bg-hover'}`}
            >
              {texts.numbers.by[name].title}
            </button>
          ))}
      </div>
      <div
        id="parts"
        role="tabpanel"
        tabIndex={0}
        aria-labelledby={`parts-${by}`}
        className="overflow-x-auto px-4 py-3"
      >
        <table className="w-full text-right">
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="sticky left-0 bg-raised pr-3 text-left font-normal">
                {texts.numbers.by[by].name}
              </th>
              {numbers.funnel.map(({ step }) => (
                <th key={step} scope="col" className="px-2 font-normal whitespace-nowrap">
                  {texts.numbers.step[step]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, funnel }) => (
              <tr key={name ?? ''} className="border-t">
                <th
                  scope="row"
                  className={`sticky left-0 max-w-48 truncate bg-raised py-2 pr-3 text-left ${name === null || name === '…' ? 'font-normal text-soft' : 'font-medium'}`}
                >
                  {nameOf(by, name)}
                </th>
                {funnel.map(({ step, count }, index) => (
                  <td key={step} className="num px-2 whitespace-nowrap">
                    {count}
                    <span className="ml-1.5 inline-block w-8 text-2xs text-faint">
                      {index > 0 && `${percent(count, funnel[0]?.count ?? 0)}%`}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function usePartName(): (by: By, name: string | null) => string {
  const texts = useTexts()
  const { language } = useLanguage()
  const { sellers } = useMe()
  return (by, name) => {
    if (name === null) return texts.numbers.by[by].none
    if (name === '…') return texts.numbers.others
    return by === 'sellers' ? (sellers.find(({ id }) => id === name)?.name[language] ?? name) : name
  }
}
