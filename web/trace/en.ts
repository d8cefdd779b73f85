import { FORM_NAMES_EN } from '../../shared/domain/checks/wording.ts'
import type { Catalogue } from './catalogue.ts'
import { html } from './html.ts'
import { CARBON_WORDS } from './words/carbon.ts'
import { CHECK_WORDS } from './words/checks.ts'
import { CLAIM_WORDS } from './words/claims.ts'
import { CONTACT_WORDS } from './words/contact.ts'
import { FOUND_WORDS } from './words/found.ts'
import { LAB_WORDS } from './words/lab.ts'
import { VERIFY_WORDS } from './words/verify.ts'
import { STATUS_WORDS } from './words/status.ts'

/** Keeps a figure and what it counts on one line. */
const NBSP = '\u00A0'

export const en: Catalogue = {
  locale: 'en',
  other: { lang: 'zh', label: '中文' },
  preview: {
    locale: 'en_GB',
    page: 'A chart of the Zhejiang coast, and the words: where this plastic was collected.',
    held: 'A warning: this is on hold or was recorded in error. Read the page first.',
  },
  skip: 'Skip to content',
  languages: 'Language',
  listSeparator: ', ',
  space: ' ',
  kg: (amount) => `${amount}${NBSP}kg`,
  stages: {
    collected: 'Collected material',
    sorted: 'Sorted material',
    cleaned: 'Cleaned material',
    pelletized: 'Pelletized material',
    product: 'Product',
  },
  forms: FORM_NAMES_EN,
  polymers: {
    PET: 'PET (polyester)',
    HDPE: 'HDPE (high-density polyethylene)',
    LDPE: 'LDPE (low-density polyethylene)',
    PP: 'PP (polypropylene)',
    PE: 'PE (polyethylene)',
    PA6: 'PA6 (nylon 6)',
    EPS: 'EPS (expanded polystyrene)',
    PS: 'PS (polystyrene)',
    ABS: 'ABS',
    mixed: 'Several polymers, mixed',
    unknown: 'Not known',
  },
  material: (form, polymer) =>
    polymer === undefined ? form : `${polymer} ${form.charAt(0).toLowerCase()}${form.slice(1)}`,
  status: STATUS_WORDS.en,
  claims: CLAIM_WORDS.en,
  found: FOUND_WORDS.en,
  lab: LAB_WORDS.en,
  carbon: CARBON_WORDS.en,
  checks: CHECK_WORDS.en,
  contact: CONTACT_WORDS.en,
  verify: VERIFY_WORDS.en,
  facts: {
    heading: 'What it is',
    quantity: 'Quantity',
    mass: 'Mass',
    polymer: 'Polymer',
    form: 'Form',
    by: {
      collected: 'Recorded by',
      sorted: 'Sorted by',
      cleaned: 'Cleaned by',
      pelletized: 'Pelletized by',
      product: 'Made by',
    },
    heldBy: 'Now held by',
    site: 'Site',
    date: {
      collected: 'Collected on',
      sorted: 'Sorted on',
      cleaned: 'Cleaned on',
      pelletized: 'Pelletized on',
      product: 'Made on',
    },
    recycled: 'Recycled content, as its maker states',
    gtin: 'GTIN',
    lot: 'Lot number',
    units: (count, units, grams) => `${units} ${count === 1 ? 'piece' : 'pieces'} of ${grams}${NBSP}g`,
    unnamed: 'Name not recorded',
    unnamedSite: (id) => html`${id} (name not recorded)`,
  },
  tag: {
    heading: 'Batch',
    qr: 'QR code that leads to this page',
    usedUp: 'All of this batch has been processed further. None of it is left in the form described here.',
  },
  share: {
    item: (share, place) => html`${share} ${place}`,
    places: (items) => html`By place: ${items}.`,
    smaller: 'in smaller shares',
    takenIn: (items) => html`Without a position, by where it was taken in: ${items}.`,
    rest: (share) => `The remaining ${share} is other material, added without a traced origin.`,
    restVirgin: (share) => `The remaining ${share} is new (virgin) plastic.`,
    restBoth: (share, virgin, other) =>
      `The remaining ${share}: ${virgin} new (virgin) plastic, and ${other} other material, added without a traced origin.`,
    blend: (stage) =>
      stage === 'collected'
        ? undefined
        : stage === 'product'
          ? 'Shares are of the whole blended lot, by mass. A single item may hold more of one place and less of another.'
          : 'Shares are of the whole blended lot, by mass. Any one part of it may hold more of one place and less of another.',
    bar: 'Shares of the mass, one segment per origin',
    otherMaterial: 'Other material',
    virgin: 'New (virgin) plastic',
  },
  origins: {
    heading: 'Where it was collected',
    caption: 'Origins by mass',
    place: 'Place',
    months: 'Collected',
    mass: 'Mass, kg',
    share: 'Share',
    otherPlaces: (count, text) => (count === 1 ? '1 other place' : `${text} other places`),
    otherMaterial: 'Other material',
    otherMaterialNote: 'Added, origin not traced',
    virgin: 'Virgin plastic',
    virginNote: 'New, made for the first time',
    notRecorded: 'Not listed',
    total: 'Total',
    near: (km) =>
      `A place is the nearest named one within ${km} km of where the plastic was picked up, or else a square of about 11 km. Exact positions are not public.`,
    unplaced: 'Where no position was recorded, the place is that of the site that took it in.',
  },
  chart: {
    title: 'Chart of the Zhejiang coast with the places of origin',
    caption: 'The area of a circle stands for mass.',
    offChart: (count) =>
      count === 1 ? 'One place lies outside this chart.' : `${count} places lie outside this chart.`,
    unplaced: 'What came without a position is not drawn.',
    sea: 'East China Sea',
    land: 'Zhejiang',
    credit: 'Coast: Natural Earth.',
  },
  journey: {
    heading: 'What happened to it',
    note: {
      product: 'Masses are the part of each stage that went into this product lot.',
      batch: 'Masses are the part of each stage that belongs to this batch.',
    },
    steps: {
      collection: 'Collection',
      consolidation: 'Consolidation',
      sorting: 'Sorting',
      cleaning: 'Cleaning',
      pelletizing: 'Pelletizing',
      blending: 'Blending',
      manufacturing: 'Manufacturing',
    },
    pass: (step, number) => `${step}, pass ${number}`,
    laterPasses: (step) => `${step}, later passes`,
    several:
      'Several passes taken together, one after the other. What went from one to the next is counted once.',
    input: 'In',
    collected: 'Collected',
    added: 'of which other material',
    output: 'Out',
    losses: {
      transit: 'Missing on arrival',
      reject: 'Rejected',
      'wash-loss': 'Washed off',
      purge: 'Machine purge',
      moisture: 'Water dried off',
      other: 'Other losses',
    },
    unaccounted: 'Not accounted for',
    moreSites: (count) => (count === 1 ? 'and 1 more site' : `and ${count} more sites`),
    unnamedSite: 'a site whose name was not recorded',
    noSites: 'Site not recorded',
    partial:
      'Not all of it went through every stage, so a stage may take in less than the one before it gave.',
    none: 'No stages are recorded for this batch.',
    flow: (step) => `${step}: mass in, mass out and losses to scale`,
    handover: {
      name: 'Hand-over',
      parties: (from, to) => html`From ${from} to ${to}`,
      sent: 'Weighed out',
      received: 'Weighed in',
      difference: 'Difference',
      counted: 'What was missing is counted as missing on arrival, above.',
      earlier: (count) =>
        count === 1 ? 'One earlier hand-over is not listed.' : `${count} earlier hand-overs are not listed.`,
    },
  },
  foot: {
    updated: 'Last update',
    version: 'History',
    events: (count) => (count === 1 ? '1 event' : `${count} events`),
    hash: 'Hash of the last event',
    json: 'This passport as JSON',
    about: 'Tidemark records plastic from where it is collected to the product.',
    source: 'Every figure here comes from the records of this batch.',
    utc: 'Dates are in UTC.',
  },
  notices: {
    unknown: {
      code: '404',
      title: 'There is no batch with this number',
      text: 'The number is well formed, but no batch of ours carries it.',
      next: 'Compare it with the code on the label, letter by letter.',
    },
    malformed: {
      code: '400',
      title: 'This is not a batch number',
      text: 'A batch number is the letter B and twelve letters or digits, such as B‑7K3M‑9QXT‑2ABC.',
      next: 'Scan the code on the label again, or type the number printed below it.',
    },
    preparing: {
      code: '503',
      title: 'This passport is being prepared',
      text: 'The batch has just been recorded. Its passport will be ready in a few seconds.',
      next: 'Reload this page then.',
    },
    unavailable: {
      code: '503',
      title: 'We cannot show this passport right now',
      text: 'The records of this batch cannot be read at this moment.',
      next: 'Please reload this page in a minute.',
    },
  },
  noticeId: 'Number asked for',
  reload: 'Reload this page',
  home: 'What Tidemark is',
}
