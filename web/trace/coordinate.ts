/**
 * A coordinate to a tenth: enough for a screen, and short. Written from whole numbers, because a page has a hundred of
 * them and a fraction takes far longer to write.
 */
export function coordinate(value: number): string {
  const tenths = Math.round(Math.abs(value) * 10)
  const rest = tenths % 10
  const size = rest === 0 ? `${tenths / 10}` : `${(tenths - rest) / 10}.${rest}`
  return value < 0 && tenths > 0 ? `-${size}` : size
}
