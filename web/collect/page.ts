import { wordsByName } from './words/language.ts'
import type { Messages } from './words/zh.ts'

/** The few things that every part of the page does with the document. */

/** The element with this id, which must be of this kind: a page that lacks it is broken, and says so at once. */
export function part<T extends Element>(id: string, kind: abstract new () => T): T {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`The page lacks #${id}`)
  return element
}

type Child = Node | string | undefined | false

/** Makes an element; text is set as text, never as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((child): child is Node | string => Boolean(child)))
  return element
}

export function button(text: string, kind: string, pressed: () => void): HTMLButtonElement {
  const element = make('button', { type: 'button', class: kind }, text)
  element.addEventListener('click', pressed)
  return element
}

/** One of the drawings that the page carries. */
export function icon(name: string): SVGSVGElement {
  const svg = inSvg('svg', { class: 'icon', 'aria-hidden': 'true' })
  svg.append(inSvg('use', { href: `#icon-${name}` }))
  return svg
}

/** Makes an element of a drawing. */
export function inSvg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

/** Puts the catalogue's words where the page asks for them: as text by `data-t`, as a spoken name by `data-l`. */
export function translate(messages: Messages): void {
  const words = wordsByName(messages)
  for (const element of document.querySelectorAll('[data-t]')) {
    const text = words.get(element.getAttribute('data-t') ?? '')
    if (text !== undefined) element.textContent = text
  }
  for (const element of document.querySelectorAll('[data-l]')) {
    const name = words.get(element.getAttribute('data-l') ?? '')
    if (name !== undefined) element.setAttribute('aria-label', name)
  }
  document.title = `${messages.title} · Tidemark`
}

/** Replaces the text only if it differs, so that screen readers hear changes and nothing else. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
