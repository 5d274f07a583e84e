import type { FormEvent } from 'react'
import { dayKey } from '../texts/times.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

const dayMs = 86_400_000

/** Until when: a lead is paused for the assistant, or put aside for people. */
export function UntilDialog({
  title,
  onUntil,
  onClose,
}: {
  title: string
  onUntil: (until: Date) => void
  onClose: () => void
}) {
  const texts = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const until = new Date(String(new FormData(event.currentTarget).get('until')))
    if (Number.isNaN(until.getTime())) return
    onUntil(until)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={texts.control.until}
          name="until"
          type="datetime-local"
          required
          min={`${dayKey(new Date())}T00:00`}
          defaultValue={`${dayKey(new Date(Date.now() + 2 * dayMs))}T09:00`}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.app.cancel}</Button>
          <Button look="primary" type="submit">
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
