import { withoutUnseen } from '../../shared/domain/line.ts'

/**
 * Markup as a tagged template that escapes. Whatever is put into `html` is text, for element content and for
 * attributes in quotes alike; only what `html` itself made passes as markup. Nothing else can make an `Html`: the key
 * is a symbol that never leaves this file, so not even parsed JSON can pretend to be one.
 */
const MARKUP = Symbol('markup')

export interface Html {
  readonly [MARKUP]: string
}

export type Child = Html | string | number | undefined | readonly Child[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Joins literal parts and escaped values. Attributes must be quoted: `<a href="${url}">`. */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Html {
  let text = parts[0] ?? ''
  for (let index = 0; index < children.length; index++) {
    text += markupOf(children[index]) + (parts[index + 1] ?? '')
  }
  return { [MARKUP]: text }
}

/** A script that we wrote ourselves, as it is. Nothing of it may come from anybody. */
export const scriptOf = (text: string): Html => ({ [MARKUP]: `<script>${text}</script>` })

/** The markup of a finished piece, to be sent. */
export function textOf(piece: Html): string {
  return piece[MARKUP]
}

/** Pieces with a separator between them, as in a list of names. */
export function join(pieces: readonly Child[], separator: string): Html {
  return html`${pieces.map((piece, index) => (index === 0 ? piece : [separator, piece]))}`
}

/** A name that somebody typed, kept from turning the direction of the text around it, and without what nobody can see. */
export function named(text: string): Html {
  return html`<bdi>${withoutUnseen(text)}</bdi>`
}

/** A name for places that take no markup (title, meta, SVG labels), likewise, and cut to what such a place can show. */
export function plain(text: string): string {
  const seen = withoutUnseen(text)
  return seen.length > LONGEST_PLAIN
    ? `${seen
        .slice(0, LONGEST_PLAIN)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
    : seen
}

const LONGEST_PLAIN = 100

function markupOf(child: Child): string {
  if (child === undefined) return ''
  if (typeof child === 'string') return escape(child)
  if (typeof child === 'number') return String(child)
  if (MARKUP in child) return child[MARKUP]
  let text = ''
  for (const each of child) text += markupOf(each)
  return text
}

const SPECIAL = /[&<>"']/

/** Most texts have nothing to escape: to look first is three times as fast as to replace at once. */
function escape(text: string): string {
  if (!SPECIAL.test(text)) return text
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
