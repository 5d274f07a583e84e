import type { ErasedPerson, HeldOfPerson, LeadCard } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { queryClient } from '../api/queries.ts'
import { fill, type Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { saveFile } from '../ui/save-file.ts'

/** What is on its way to the person ends within seconds; until then nothing can be erased. */
const retryMs = 2000
const mostRetries = 60

/** What is kept of the person behind a lead: to be given out, or erased for good. */
export function PersonDialog({ lead, onClose }: { lead: LeadCard; onClose: (isErased: boolean) => void }) {
  const texts = useTexts()
  const params = { path: { leadId: lead.id } }
  const held = useQuery({
    queryKey: ['person', lead.id],
    queryFn: ({ signal }) => ask(api.GET('/console/leads/{leadId}/person', { params, signal })),
    gcTime: 0,
  })
  const erase = useMutation({
    mutationFn: () => ask(api.POST('/console/leads/{leadId}/erase', { params })),
    retry: (count, error) => error instanceof ApiProblem && error.code === 'conflict' && count < mostRetries,
    retryDelay: retryMs,
    onSuccess: () => {
      for (const name of ['leads', 'counters']) void queryClient.invalidateQueries({ queryKey: [name] })
    },
  })
  return (
    <Dialog title={texts.person.title} onClose={() => onClose(erase.isSuccess)}>
      {erase.data ? (
        <Proof erased={erase.data} />
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-soft text-pretty">{texts.person.text}</p>
          {held.error && <p role="alert">{sayOf(held.error, texts)}</p>}
          {held.data && <Held held={held.data} leadId={lead.id} />}
          <EraseForm lead={lead} isBusy={erase.isPending} onErase={() => erase.mutate()} />
          {erase.error && (
            <p role="alert" className="text-attention">
              {sayOf(erase.error, texts)}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

function Held({ held, leadId }: { held: HeldOfPerson; leadId: number }) {
  const texts = useTexts()
  const tables = Object.values(held.tables).filter((rows) => rows.length > 0)
  const count = tables.reduce((sum, rows) => sum + rows.length, 0)
  return (
    <div className="flex flex-col gap-2">
      <p>
        {texts.person.leads}: <span className="num">{held.person.leads.join(', ')}</span>
        <br />
        <span className="num text-soft">{fill(texts.person.rows, { count, tables: tables.length })}</span>
      </p>
      {held.alike.length > 0 && (
        <p className="text-soft">{fill(texts.person.alike, { leads: held.alike.join(', ') })}</p>
      )}
      <div>
        <Button
          icon={<Download size={15} />}
          onClick={() =>
            saveFile(`person-of-lead-${leadId}.json`, 'application/json', JSON.stringify(held, null, 2))
          }
        >
          {texts.person.download}
        </Button>
      </div>
    </div>
  )
}

function EraseForm({ lead, isBusy, onErase }: { lead: LeadCard; isBusy: boolean; onErase: () => void }) {
  const texts = useTexts()
  const [typed, setTyped] = useState('')
  const isConfirmed = typed.trim() === String(lead.id)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isConfirmed) onErase()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t pt-4">
      <h3 className="font-medium">{texts.person.eraseTitle}</h3>
      <p className="text-soft text-pretty">{texts.person.eraseText}</p>
      <Field
        label={fill(texts.person.eraseAsk, { id: lead.id })}
        name="confirm"
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {isBusy && <p role="status">{texts.person.erasing}</p>}
      <div className="flex justify-end">
        <Button look="danger" type="submit" isBusy={isBusy} disabled={!isConfirmed}>
          {texts.person.erase}
        </Button>
      </div>
    </form>
  )
}

function Proof({ erased: { erasure, elsewhere, alike } }: { erased: ErasedPerson }) {
  const texts = useTexts()
  const { id, proof } = erasure
  const rows = Object.values(proof.deleted).reduce((sum, count) => sum + count, 0)
  const list = (ids: number[]) => ids.join(', ') || texts.person.nothing
  return (
    <div role="status" className="flex flex-col gap-3">
      <p>
        <strong className="font-semibold">{texts.person.erased}.</strong>{' '}
        {fill(texts.person.proof, { id, rows, executions: proof.n8nExecutions ?? texts.person.nothing })}
      </p>
      <code className="num rounded-md bg-panel p-2 text-xs break-all">{proof.hash}</code>
      <p className="font-medium">{texts.person.elsewhere}</p>
      <ul className="list-disc pl-5 text-soft">
        <li>
          {fill(texts.person.amocrm, {
            leads: list(elsewhere.amocrm.leads),
            contacts: list(elsewhere.amocrm.contacts),
          })}
        </li>
        <li>{fill(texts.person.telegram, { people: list(elsewhere.telegram) })}</li>
        <li>{fill(texts.person.google, { count: elsewhere.google.length })}</li>
      </ul>
      {alike.length > 0 && <p className="text-soft">{fill(texts.person.alike, { leads: list(alike) })}</p>}
    </div>
  )
}

const sayOf = (error: Error, texts: Texts) =>
  error instanceof ApiProblem ? fill(texts.app.problem, { detail: error.message }) : texts.app.offline
