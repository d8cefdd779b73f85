import type { Page } from 'playwright-core'
import type { InProcess } from '../../in-process.ts'
import type { Picture } from './jpeg.ts'
import { newEnrolment } from '../../enrolled.ts'

/** What a collector does with the form, as fast as a browser can be told. */
export async function enrol(page: Page, { client, runtime }: InProcess, label: string): Promise<void> {
  const { link } = await newEnrolment(client, runtime.credentials.keys.station, { siteId: 'shitang', label })
  await page.goto(link)
  await page.locator('#enrolment [data-state="received"]').waitFor()
  // No test waits for a satellite; the station's place is used.
  await page.evaluate("localStorage.setItem('tidemark.position', 'off')")
}

/** Opens the form as somebody does who was enrolled once, with or without a network. */
export async function openForm(page: Page, { client }: InProcess): Promise<void> {
  await page.goto(`${client.url}/collect/`)
  await page.locator('#entry-form').waitFor()
}

/** Resolves once the phone itself serves the form. */
export async function keptOnPhone(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready')
}

export interface Logged {
  readonly form?: string
  readonly massKg: string
  readonly photos?: readonly Picture[]
}

/** Fills the form in up to the last tap. */
export async function fill(page: Page, { form = 'net', massKg, photos = [] }: Logged): Promise<void> {
  await page.locator(`label:has(input[name="form"][value="${form}"])`).click()
  await page.locator('input[name="massKg"]').fill(massKg)
  for (const photo of photos) await page.locator('input[name="photo"]').setInputFiles(photo)
  if (photos.length > 0)
    await page.locator(`#photo-list li:nth-child(${photos.length}):not([data-state="reading"])`).waitFor()
}

export const tapSave = (page: Page): Promise<void> => page.locator('#save').click()

/** Logs an entry up to where the screen says that it is saved; gives its id. */
export async function log(page: Page, logged: Logged): Promise<string> {
  await fill(page, logged)
  await tapSave(page)
  const panel = page.locator('#outcome article')
  await panel.waitFor()
  return (await panel.getAttribute('data-entry')) ?? ''
}

/** Goes on to the next entry, which sends the last one at once. */
export const goOn = (page: Page): Promise<void> =>
  page.locator('#outcome').getByRole('button', { name: 'Log another' }).click()

/** What a phone does by itself when it finds a network. */
export const tellOnline = (page: Page): Promise<unknown> =>
  page.evaluate("dispatchEvent(new Event('online'))")

/** What the phone keeps, as it is: entries, and the keys of photos that wait. */
export async function keptOn(page: Page): Promise<Kept> {
  return page.evaluate<Kept>(KEPT)
}

export interface Kept {
  readonly entries: readonly {
    readonly id: string
    readonly batchId: string
    readonly madeAt: string
    readonly state: { readonly is: string; readonly receipt?: { readonly batchId: string } }
    readonly packet?: { readonly signed?: { readonly jws: string } }
  }[]
  readonly photos: readonly (readonly [entryId: string, sha256: string])[]
}

const KEPT = `(async () => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('tidemark')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const all = (store, ask) => new Promise((resolve) => {
    const request = database.transaction(store).objectStore(store)[ask]()
    request.onsuccess = () => resolve(request.result)
  })
  const kept = { entries: await all('entries', 'getAll'), photos: await all('photos', 'getAllKeys') }
  database.close()
  return kept
})()`
