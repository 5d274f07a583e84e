import type { BusinessText, CheckedText } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { businessQuery, queryClient, setupQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'

const checkAfterMs = 500

export function BusinessEditor() {
  const query = useQuery(businessQuery)
  return query.isPending ? (
    <Skeleton lines={14} />
  ) : query.isError ? (
    <Failed onAgain={() => void query.refetch()} />
  ) : (
    <Editor file={query.data} />
  )
}

/** What was typed and not saved, with the version that it changes: it survives a look at another page. */
let kept: { text: string; version: string } | null = null

function Editor({ file }: { file: BusinessText }) {
  const texts = useTexts()
  const [draft, setDraft] = useState(kept)
  const area = useRef<HTMLTextAreaElement>(null)
  const change = (next: typeof kept) => {
    kept = next
    setDraft(next)
  }
  const text = draft?.text ?? file.text
  const isChanged = draft !== null && draft.text !== file.text
  const check = useMutation({
    mutationFn: (given: string) => ask(api.POST('/console/business/check', { body: { text: given } })),
  })
  const { mutate: checkIt } = check
  // While one types: what is wrong and what changes are seen before the save.
  useEffect(() => {
    if (!isChanged) return
    const timer = setTimeout(() => checkIt(text), checkAfterMs)
    return () => clearTimeout(timer)
  }, [checkIt, isChanged, text])
  const save = useMutation({
    mutationFn: (given: { text: string; version: string }) =>
      ask(api.POST('/console/business', { body: given })),
    onSuccess: async ({ backup, inForce }) => {
      await queryClient.invalidateQueries({ queryKey: businessQuery.queryKey })
      change(null)
      check.reset()
      toast(fill(inForce ? texts.setup.saved : texts.setup.savedNotInForce, { backup }))
      void queryClient.invalidateQueries({ queryKey: setupQuery.queryKey })
    },
  })
  const isStale =
    (save.error instanceof ApiProblem && save.error.code === 'conflict') ||
    (draft !== null && draft.version !== file.version)
  const checked = isChanged ? check.data : undefined
  const compare = async () => {
    const { version } = await queryClient.fetchQuery(businessQuery)
    change({ text, version })
    save.reset()
    checkIt(text)
  }
  const goTo = (line: number) => {
    const element = area.current
    if (!element) return
    const before = text.split('\n').slice(0, line - 1)
    const from = before.join('\n').length + (line > 1 ? 1 : 0)
    element.focus()
    element.setSelectionRange(from, from + (text.split('\n')[line - 1]?.length ?? 0))
    element.scrollTop = Math.max(0, (line - 6) * lineHeight)
  }
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 px-5 py-5 max-sm:px-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 grow basis-72">
          <h2 className="text-base font-semibold">
            {texts.setup.business} <code className="ml-1 text-xs font-normal text-faint">{file.file}</code>
          </h2>
          <p className="text-soft text-pretty">
            {file.readOnly === null
              ? texts.setup.businessIs
              : fill(texts.setup.readOnly, { code: file.readOnly })}
          </p>
        </div>
        <div className="flex gap-2">
          {isChanged && (
            <Button
              onClick={() => {
                change(null)
                check.reset()
                save.reset()
              }}
            >
              {texts.setup.discard}
            </Button>
          )}
          <Button
            look="primary"
            isBusy={save.isPending}
            disabled={
              !isChanged || isStale || file.readOnly !== null || !checked || checked.problems.length > 0
            }
            onClick={() => draft && save.mutate(draft)}
          >
            {texts.setup.save}
          </Button>
        </div>
      </div>
      {isStale && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-3 rounded-md bg-attention-tint px-3 py-2 text-attention"
        >
          <p className="grow text-pretty">{texts.setup.changed}</p>
          <Button onClick={() => void compare()}>{texts.setup.compare}</Button>
        </div>
      )}
      {save.error && !isStale && (
        <p role="alert" className="rounded-md bg-attention-tint px-3 py-2 text-attention break-words">
          {save.error.message}
        </p>
      )}
      <div className="grid grid-cols-[3fr_2fr] items-start gap-4 max-lg:grid-cols-1">
        <textarea
          ref={area}
          value={text}
          readOnly={file.readOnly !== null}
          spellCheck={false}
          wrap="off"
          aria-label={texts.setup.business}
          onChange={(event) => change({ text: event.target.value, version: draft?.version ?? file.version })}
          className="h-[calc(100dvh-220px)] min-h-80 w-full resize-none rounded-lg border border-line-strong bg-raised p-4 font-mono text-xs leading-5 max-lg:h-[55dvh]"
        />
        <div aria-live="polite" className="flex min-w-0 flex-col gap-3">
          {!isChanged ? (
            <p className="rounded-lg border border-dashed border-line-strong px-4 py-5 text-center text-faint">
              {texts.setup.unchanged}
            </p>
          ) : checked ? (
            <Findings checked={checked} onLine={goTo} />
          ) : (
            <Skeleton lines={4} />
          )}
        </div>
      </div>
    </div>
  )
}

const lineHeight = 20
const looks = {
  same: { sign: ' ', look: 'text-faint' },
  in: { sign: '+', look: 'bg-booked-tint text-booked' },
  out: { sign: '−', look: 'bg-attention-tint text-attention' },
  gap: { sign: '', look: 'text-faint' },
} as const

function Findings({ checked, onLine }: { checked: CheckedText; onLine: (line: number) => void }) {
  const texts = useTexts()
  const { problems, diff } = checked
  return (
    <>
      {problems.length === 0 ? (
        <p className="font-medium text-booked">{texts.setup.fine}</p>
      ) : (
        <section className="rounded-lg border bg-raised">
          <h3 className="border-b px-4 py-2.5 font-semibold text-attention">
            {fill(texts.setup.problems, { n: problems.length })}
          </h3>
          <ul className="divide-y">
            {problems.map(({ line, path, problem, fix }, index) => (
              <li key={index} className="px-4 py-2.5">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <code className="text-xs font-medium break-all">{path}</code>
                  {line > 0 && (
                    <button
                      type="button"
                      onClick={() => onLine(line)}
                      className="num rounded-sm text-xs text-soft underline hover:text-ink"
                    >
                      {fill(texts.setup.line, { n: line })}
                    </button>
                  )}
                </p>
                <p className="break-words">{problem}</p>
                <p className="text-xs text-soft break-words">→ {fix}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="overflow-hidden rounded-lg border bg-raised" aria-label={texts.setup.diff}>
        <h3 className="border-b px-4 py-2.5 font-semibold">{texts.setup.diff}</h3>
        <div tabIndex={0} role="region" aria-label={texts.setup.diff} className="overflow-x-auto py-1">
          <div className="min-w-fit font-mono text-xs leading-5">
            {diff.map(({ kind, line, text }, index) => (
              <div key={index} className={`flex gap-3 px-3 whitespace-pre ${looks[kind].look}`}>
                <span className="num w-8 shrink-0 text-right opacity-70 select-none">
                  {kind === 'gap' ? '⋯' : line}
                </span>
                <span className="select-none">{looks[kind].sign}</span>
                <span>{text}</span>
              </div>
            ))}
          </div>
        </div>
      </section>
    </>
  )
}
