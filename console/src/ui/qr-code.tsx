import { useEffect, useRef } from 'react'
import { encode } from 'uqr'

const moduleSize = 6

/** Always dark on white, whatever the theme: phones read it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { data, size } = encode(text, { border: 2 })
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.fillStyle = 'white'
    context.fillRect(0, 0, size * moduleSize, size * moduleSize)
    context.fillStyle = 'black'
    for (const [y, row] of data.entries())
      for (const [x, isDark] of row.entries())
        if (isDark) context.fillRect(x * moduleSize, y * moduleSize, moduleSize, moduleSize)
  }, [data, size])
  return (
    <canvas
      ref={canvas}
      width={size * moduleSize}
      height={size * moduleSize}
      role="img"
      aria-label={label}
      className="mx-auto rounded-md"
    />
  )
}
