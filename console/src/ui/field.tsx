import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** In the head of a page, as high as the buttons beside it. */
export const headInputLook =
  'h-8 rounded-sm border border-line-strong bg-raised px-2.5 max-sm:h-10 max-sm:text-base'

export const inputLook =
  'rounded-sm border border-line-strong bg-raised px-2.5 h-9 placeholder:text-faint max-sm:h-11 max-sm:text-base'

type Props = ComponentProps<'input'> & { label: string; hint?: ReactNode; error?: string | null }

export function Field({ label, hint, error, className, ...rest }: Props) {
  return (
    <label className="block">
      <span className="mb-1 block text-xs font-medium text-soft">{label}</span>
      <input
        {...rest}
        aria-invalid={error ? true : undefined}
        className={classNames(inputLook, 'w-full', className)}
      />
      {hint && <span className="mt-1 block text-xs text-faint">{hint}</span>}
      {error && (
        <span role="alert" className="mt-1 block text-xs text-attention">
          {error}
        </span>
      )}
    </label>
  )
}

export function Select({ label, children, ...rest }: ComponentProps<'select'> & { label: string }) {
  return (
    <label className="block">
      <span className="mb-1 block text-xs font-medium text-soft">{label}</span>
      <select {...rest} className={`${inputLook} w-full`}>
        {children}
      </select>
    </label>
  )
}
