import type { Message } from '@lead/contract/console'
import { type FormEvent } from 'react'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { Work } from './use-work.ts'

/** This answer was wrong, and that would have been right. */
export function WrongDialog({
  message,
  work,
  onClose,
}: {
  message: Message
  work: Work
  onClose: () => void
}) {
  const texts = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [right, comment] = [form.get('right'), form.get('comment')].map((value) => String(value).trim())
    if (!right) return
    work.wrong.mutate({ messageId: message.id, right, ...(comment && { comment }) })
    onClose()
  }
  return (
    <Dialog title={texts.wrong.title} onClose={onClose} wide>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-soft text-pretty">{texts.wrong.text}</p>
        <blockquote className="border-l-2 border-line-strong pl-3 text-soft break-words whitespace-pre-wrap">
          {message.text}
        </blockquote>
        <label className="block">
          <span className="mb-1 block text-xs font-medium text-soft">{texts.wrong.right}</span>
          <textarea
            name="right"
            rows={4}
            maxLength={4000}
            required
            autoFocus
            defaultValue={message.right ?? ''}
            className="block w-full resize-y rounded-sm border border-line-strong bg-raised px-2.5 py-2 text-base"
          />
        </label>
        <Field label={texts.wrong.comment} name="comment" maxLength={1000} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.app.cancel}</Button>
          <Button look="primary" type="submit">
            {texts.wrong.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
