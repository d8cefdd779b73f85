/**
 * Emoji in a text that is printed. A black-and-white typeface has none, so they are left out with what joins and colours
 * them, and with the space that they stood in: a question mark in a name would ask something that nobody asked.
 */
const PICTURES = [
  // Digits in boxes, before their digits would be taken for text.
  /[0-9#*]\uFE0F?\u20E3/gu,
  // All that is drawn, but for signs that have been letters for longer than they have been pictures.
  /(?![©®™ℹ‼⁉\u2190-\u21FF])\p{Extended_Pictographic}/gu,
  /\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200D|\u20E3|\uFE0F|[\u{E0020}-\u{E007F}]/gu,
]

/** The text without emoji; empty where it is nothing else. Any other text stays as it is. */
export function withoutPictures(text: string): string {
  const left = PICTURES.reduce((rest, pictures) => rest.replaceAll(pictures, ''), text)
  return left === text ? text : left.replaceAll(/ {2,}/g, ' ').trim()
}
