/** Breathes while the assistant thinks; the words beside it stay readable. */
export const ThinkingDot = () => (
  <span
    aria-hidden
    className="mr-1.5 inline-block size-1.5 animate-breathe rounded-full bg-assistant align-[2px]"
  />
)
