/** A key of the keyboard. */
export const Keycap = ({ children }: { children: string }) => (
  <kbd className="inline-flex min-w-5 items-center justify-center rounded-[4px] border border-line-strong bg-panel px-1 font-sans text-2xs text-soft">
    {children}
  </kbd>
)
