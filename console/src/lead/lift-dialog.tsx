import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Work } from './use-work.ts'

export function LiftDialog({ work, onClose }: { work: Work; onClose: () => void }) {
  const texts = useTexts()
  const lift = () => {
    work.give.mutate({ liftOptOut: true })
    onClose()
  }
  return (
    <Dialog title={texts.control.lift} onClose={onClose}>
      <p className="mb-4 text-soft text-pretty">{texts.control.liftAsk}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.app.cancel}</Button>
        <Button look="primary" onClick={lift}>
          {texts.control.lift}
        </Button>
      </div>
    </Dialog>
  )
}
