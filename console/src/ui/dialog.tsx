import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../texts/use-texts.ts'
import { IconButton } from './button.tsx'

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean }

/** The browser's own modal dialog: it keeps the focus, closes with Escape and makes the rest unreachable, without a style of its own. */
export function Dialog({ title, onClose, children, wide }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const texts = useTexts()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className={`w-[calc(100vw-32px)] rounded-lg bg-raised p-0 shadow-pop animate-rise ${wide ? 'max-w-2xl' : 'max-w-md'}`}
    >
      <div className="p-5">
        <div className="mb-3 flex items-start justify-between gap-4">
          <h2 className="text-lg font-semibold text-balance">{title}</h2>
          <IconButton label={texts.app.closePanel} onClick={onClose} className="-mt-1 -mr-1">
            <X size={16} />
          </IconButton>
        </div>
        {children}
      </div>
    </dialog>
  )
}
