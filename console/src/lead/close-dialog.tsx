import { closeReasons } from '@lead/contract/console-names'
import type { FormEvent } from 'react'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { Work } from './use-work.ts'

export function CloseDialog({ work, onClose }: { work: Work; onClose: () => void }) {
  const texts = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const reason = closeReasons.find((name) => name === form.get('reason'))
    const comment = String(form.get('comment')).trim()
    if (reason) work.close.mutate({ reason, ...(comment && { comment }) })
    onClose()
  }
  return (
    <Dialog title={texts.close.title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-soft text-pretty">{texts.close.text}</p>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-xs font-medium text-soft">{texts.control.reason}</legend>
          {closeReasons.map((reason, index) => (
            <label key={reason} className="flex h-8 items-center gap-2 max-sm:h-10">
              <input type="radio" name="reason" value={reason} defaultChecked={index === 0} />
              {texts.close[reason]}
            </label>
          ))}
        </fieldset>
        <Field label={texts.close.comment} name="comment" maxLength={500} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.app.cancel}</Button>
          <Button look="danger" type="submit">
            {texts.close.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
