import * as DropdownMenu from '@radix-ui/react-dropdown-menu'
import type { ReactNode } from 'react'

type Props = {
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'bottom' | 'right'
}

/** Not modal: a modal one would write a style into the page, which its security policy forbids. */
export function Menu({ trigger, children, align = 'end', side = 'bottom' }: Props) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-48 rounded-md bg-raised p-1 shadow-pop animate-rise"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

type ItemProps = {
  onSelect: () => void
  icon?: ReactNode
  children: ReactNode
  hint?: string
  isDanger?: boolean
}

export function MenuItem({ onSelect, icon, children, hint, isDanger }: ItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={`flex h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none data-highlighted:bg-hover max-sm:h-11 ${isDanger ? 'text-attention' : ''}`}
    >
      <span className="inline-flex w-4 justify-center text-soft">{icon}</span>
      <span className="grow">{children}</span>
      {hint && <span className="text-xs text-faint">{hint}</span>}
    </DropdownMenu.Item>
  )
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs text-faint">{children}</DropdownMenu.Label>
)
