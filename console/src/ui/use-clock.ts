import { useEffect, useState } from 'react'

/** The present moment, anew every so many milliseconds, so that what is "ago" grows. */
export function useClock(everyMs = 15_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
