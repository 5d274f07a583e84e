import { useState } from 'react'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { headInputLook } from '../ui/field.tsx'
import { daysOf, lengths, type NumbersPlace } from './numbers-place.ts'

const ownDays = 'own'
const everySource = '*'
const unknownSource = '-'

/** Of which days and of which source the numbers are. */
export function NumbersFilters({ choices, search, go }: NumbersPlace & { choices: (string | null)[] }) {
  const texts = useTexts()
  const { first, last } = daysOf(search)
  const isOwn = search.from !== undefined
  const { source } = search
  // A link may name a source that nobody came from in this time.
  const known = [...new Set(['', source ?? '', ...choices.map((one) => one ?? '')])].filter(Boolean)
  const length = isOwn ? ownDays : String(search.days ?? 30)
  return (
    <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-2 px-5 pt-4 max-sm:px-3 max-sm:pt-3">
      {(choices.length > 1 || source !== undefined) && (
        <select
          aria-label={texts.numbers.source}
          value={source === undefined ? everySource : source === '' ? unknownSource : `=${source}`}
          onChange={({ target: { value } }) =>
            go({
              source: value === everySource ? undefined : value === unknownSource ? '' : value.slice(1),
            })
          }
          className={`${headInputLook} max-w-44 truncate`}
        >
          <option value={everySource}>{texts.numbers.allSources}</option>
          {known.map((name) => (
            <option key={name} value={`=${name}`}>
              {name}
            </option>
          ))}
          {(choices.includes(null) || source === '') && (
            <option value={unknownSource}>{texts.numbers.noSource}</option>
          )}
        </select>
      )}
      <select
        aria-label={texts.numbers.span}
        value={length}
        onChange={({ target: { value } }) =>
          value === ownDays
            ? go({ days: undefined, from: first, to: last })
            : go({
                days: value === '7' ? 7 : value === '90' ? 90 : undefined,
                from: undefined,
                to: undefined,
              })
        }
        className={headInputLook}
      >
        {lengths.map((days) => (
          <option key={days} value={days}>
            {fill(texts.numbers.days, { n: days })}
          </option>
        ))}
        <option value={ownDays}>{texts.numbers.ownDays}</option>
      </select>
      {isOwn && (
        <>
          <Day
            label={texts.numbers.from}
            value={first}
            fits={(day) => day.startsWith('20') && day <= last}
            onChange={(from) => go({ from })}
          />
          <span aria-hidden className="text-faint">
            –
          </span>
          <Day
            label={texts.numbers.to}
            value={last}
            fits={(day) => day >= first}
            onChange={(to) => go({ to })}
          />
        </>
      )}
    </div>
  )
}

/** While it is typed, a day may be half of one, in the year 0002, or on the wrong side of the other: then it counts when it is left. */
function Day({
  label,
  value,
  fits,
  onChange,
}: {
  label: string
  value: string
  fits: (day: string) => boolean
  onChange: (day: string) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = (day: string | null) => {
    if (day !== null && day !== value && day.startsWith('20')) onChange(day)
    setTyped(null)
  }
  return (
    <input
      type="date"
      required
      aria-label={label}
      min="2000-01-01"
      max="2099-12-31"
      value={typed ?? value}
      onChange={({ target: { value: day } }) => (fits(day) ? take(day) : setTyped(day))}
      onBlur={() => take(typed)}
      onKeyDown={(event) => event.key === 'Enter' && take(typed)}
      className={`${headInputLook} num w-36`}
    />
  )
}
