import type { FormEvent } from 'react'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

type Props = {
  title: string
  text: string
  confirm: string
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** What cannot be undone at once is asked for with its reason. */
export function AskReasonDialog({ title, text, confirm, onConfirm, onClose }: Props) {
  const texts = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    if (!reason) return
    onConfirm(reason)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-soft text-pretty">{text}</p>
        <Field label={texts.control.reason} name="reason" maxLength={500} required autoFocus />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.app.cancel}</Button>
          <Button look="danger" type="submit">
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
