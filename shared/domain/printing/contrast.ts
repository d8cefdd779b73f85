/**
 * Whether a code in two colours can be read. Readers want dark modules on a light ground; many do not try the reverse.
 *
 * Symbol contrast (ISO/IEC 15415) is the difference between the lightest and the darkest reflectance; grade B begins at
 * 55 %. Phones see lightness, so that is measured in relative luminance (IEC 61966-2-1, as WCAG has it). Handheld
 * scanners shine red light at about 660 nm, to which a red module is as white as the paper, so red alone is held to the
 * same limit.
 */
export const LEAST_CONTRAST_PERCENT = 55

/** Six hex digits, as CSS has them without the `#`. */
export const COLOUR_PATTERN: RegExp = /^[0-9a-fA-F]{6}$/

/** Why no reader would find a code in these colours; undefined where it would. */
export function faultOfColours(dark: string, light: string): string | undefined {
  const [inDark, inLight] = [reflectanceOf(dark), reflectanceOf(light)]
  if (inDark.luminance >= inLight.luminance)
    return `The modules (${dark}) must be darker than the ground (${light}): readers expect it that way round.`
  const toPhones = percentBetween(inDark.luminance, inLight.luminance)
  if (toPhones < LEAST_CONTRAST_PERCENT)
    return `Between ${dark} and ${light} the contrast is ${toPhones} %; at least ${LEAST_CONTRAST_PERCENT} % is needed.`
  const toScanners = percentBetween(inDark.red, inLight.red)
  if (toScanners < LEAST_CONTRAST_PERCENT)
    return `In red light, as handheld scanners use, the contrast between ${dark} and ${light} is ${toScanners} %; at least ${LEAST_CONTRAST_PERCENT} % is needed. Take a darker or bluer module.`
  return undefined
}

interface Reflectance {
  readonly luminance: number
  readonly red: number
}

function reflectanceOf(hex: string): Reflectance {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return { red, luminance: 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}

const linear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

const percentBetween = (dark: number, light: number): number => Math.max(0, Math.floor((light - dark) * 100))
