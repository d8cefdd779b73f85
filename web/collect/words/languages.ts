import { allLanguages, type Language } from './language.ts'
import { button, part } from '../page.ts'

/** One button for each language, under the name that it gives itself. */
export function openLanguages(chosen: (language: Language) => void): { draw: (now: Language) => void } {
  const place = part('languages', HTMLElement)
  const buttons = allLanguages().map(([language, name]) => {
    const choice = button(name, 'language', () => chosen(language))
    choice.lang = language
    return [language, choice] as const
  })
  place.replaceChildren(...buttons.map(([, choice]) => choice))
  return {
    draw: (now) => {
      for (const [language, choice] of buttons) choice.setAttribute('aria-pressed', String(language === now))
    },
  }
}
