/**
 * One line of text that people read, such as a name: what may stand in one is said here for all of them, whether they come
 * by the API or from a form, and what was let in earlier is shown without what may not.
 *
 * Refused is what breaks a line, what looks like nothing, so that a name seems empty or the same as another, and what turns
 * the letters around it. Some signs that nobody sees by themselves shape what stands beside them, and may stand there: in
 * emoji, in scripts whose letters join, and where a letter has several shapes. (Unicode, §23.2 Layout Controls, §23.4
 * Variation Selectors; UTS #51 for emoji.)
 */

/** Each with the character that it shapes before it. No lookbehind: phones of 2020 run this too. */
const SHAPING = [
  // A family, a flag of several signs, a red heart.
  '\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?\\u200D(?=\\p{Extended_Pictographic})',
  '\\p{Emoji}[\\uFE0E\\uFE0F]',
  // The flags of England, Scotland and Wales.
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,6}\\u{E007F}',
  // Joined and kept from joining: Persian, Hindi, Sinhala.
  `[${['Arabic', 'Syriac', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Mongolian'].map((script) => `\\p{Script=${script}}`).join('')}][\\u200C\\u200D]`,
  '\\p{Script=Mongolian}[\\u180B-\\u180D\\u180F]',
  // Variants of Han characters, as in many a family's name.
  '\\p{Script=Han}[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
].join('|')

/** The blank of braille, fillers of Hangul and of old scores, what stands for an object: seen by nobody, whatever their kind. */
const UNSEEN =
  '[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800\\uFFF9-\\uFFFC\\u{1D159}\\u{E0000}-\\u{E0FFF}]'

const ANY_UNSEEN = new RegExp(UNSEEN, 'u')
const EACH = new RegExp(`(${SHAPING})|${UNSEEN}`, 'gu')

/** A text without what may not stand in a line. Most have none: to look first is faster than to replace at once. */
export function withoutUnseen(text: string): string {
  if (!ANY_UNSEEN.test(text)) return text
  return text.replace(EACH, (_, shaping: string | undefined) => shaping ?? '')
}

/** What may not stand in a line, as code points in the order of the text, each once: `U+3164`. */
export function unseenIn(text: string): string[] {
  const found = Array.from(text.matchAll(EACH), ([sign, shaping]) => (shaping === undefined ? [sign] : []))
  return [...new Set(found.flat().map(codePointOf))]
}

const codePointOf = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Whether there is anything to see: a letter, a digit or a sign, and not spaces and accents alone. */
export const isSeen = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(withoutUnseen(text))
