import { Copy } from 'lucide-react'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { inputLook } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'

/** A secret that is shown now and never again. */
export function ShownOnce({ label, value, onClose }: { label: string; value: string; onClose: () => void }) {
  const texts = useTexts()
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    toast(texts.people.copied)
  }
  return (
    <>
      <p className="mb-3 text-soft text-pretty">{texts.connections.shownOnce}</p>
      <div className="flex gap-2">
        <input
          readOnly
          value={value}
          aria-label={label}
          className={`${inputLook} w-full font-mono text-xs`}
          onFocus={(event) => event.target.select()}
        />
        <Button icon={<Copy size={14} />} className="h-9" onClick={() => void copy()}>
          {texts.people.copy}
        </Button>
      </div>
      <div className="mt-4 flex justify-end">
        <Button look="primary" onClick={onClose}>
          {texts.connections.kept}
        </Button>
      </div>
    </>
  )
}
