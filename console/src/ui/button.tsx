import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const looks: Record<Look, string> = {
  primary: 'bg-ink text-inverse hover:opacity-88',
  plain: 'bg-raised border border-line-strong hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-attention text-inverse hover:opacity-88',
}

type Props = ComponentProps<'button'> & { look?: Look; icon?: ReactNode; isBusy?: boolean }

/** The second click of a double one does nothing: what is sent or confirmed is so once, and the next question is not answered unread. */
export function Button({
  look = 'plain',
  icon,
  isBusy,
  className,
  children,
  disabled,
  onClick,
  ...rest
}: Props) {
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (event.detail > 1) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      {...rest}
      onClick={click}
      disabled={disabled || isBusy}
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-sm px-3 font-medium whitespace-nowrap transition-[background,opacity] duration-100 disabled:opacity-45 max-sm:h-10',
        looks[look],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  )
}

/** A button of one sign. `label` is what it does, for everybody who cannot see the sign. */
export function IconButton({ label, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classNames(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-sm text-soft transition-colors duration-100 hover:bg-hover hover:text-ink disabled:opacity-45 max-sm:size-10',
        className,
      )}
    />
  )
}
