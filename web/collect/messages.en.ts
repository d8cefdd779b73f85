import type { Messages } from './messages.zh.ts'

/** The English catalogue. A key that is missing here, or one too many, fails the type check. */
export const en: Messages = {
  title: 'Log recovered marine plastic',
  opening: 'Opening…',

  keyTitle: 'Enter your station’s code',
  keyWhy:
    'Ask your station for a code: scan it, or type its 16 characters here. A key from your administrator works too. You do this once on each phone.',
  keyLabel: 'Code or key',
  keySave: 'Start',
  keyChecking: 'Checking the key…',
  keyMissing: 'Please type or paste the key.',
  keyWrong: 'This key is not right. Paste the whole key again, or ask your administrator for a new one.',
  keyRole: 'This key cannot log pickups. Ask your administrator for a station’s or collector’s key.',
  keyNetwork: 'No network, so the key cannot be checked yet. Please try again once you are online.',
  keyBusy: 'The service is busy, so the key cannot be checked yet. Please try again soon.',
  keyChange: 'Change key',
  keyBack: 'Keep the key, go back',
  keyOf: (name) => `This phone uses the key of ${name}.`,

  enrolling: 'Enrolling this phone…',
  enrolled: 'This phone is enrolled',
  enrolledWhy:
    'From now on this phone signs everything you log, with or without a network. The signing key is in this phone alone; nobody can take it out.',
  enrolledStart: 'Start',
  enrolledAs: (label, site) => `This phone is enrolled at ${site} as “${label}”.`,
  enrolAgain: 'Try again',
  enrolBack: 'Go back',
  enrolFailed: {
    code: {
      title: 'This code can no longer be used',
      text: 'It was used before, or its time is over. Ask your station to show you a new one, and scan that.',
    },
    clock: {
      title: 'The time on this phone is wrong',
      text: 'Set date and time to automatic in the phone’s settings, then try again. Otherwise what you log would get wrong dates.',
    },
    browser: {
      title: 'This page cannot keep a signing key',
      text: 'Browsers sign only on https pages, and not in private windows. Open your station’s link at its https address, in a normal window.',
    },
    network: {
      title: 'Not enrolled yet: no network',
      text: 'Please try again once you are online. The code must be used before its time is over.',
    },
    busy: {
      title: 'Not enrolled yet: the service is busy',
      text: 'Please wait a minute and try again.',
    },
    other: {
      title: 'This phone could not be enrolled',
      text: 'Ask your station to show you a new code, and scan that.',
    },
  },
  revoked: 'This phone is no longer enrolled',
  revokedWhy:
    'Please go to your station to have it enrolled again. What was not sent stays on this phone, is not lost, and can be sent after that.',

  form: 'What is it?',
  forms: {
    bottle: 'Bottle',
    net: 'Fishing net',
    rope: 'Rope',
    foam: 'Foam',
    float: 'Float',
    crate: 'Crate',
    film: 'Film, bag',
    other: 'Other',
  },
  mass: 'How heavy?',
  massKg: 'Weight',
  kg: 'kg',
  kilograms: (kg) => `${kg} kg`,
  massEcho: (kg, jin) => `${kg} kg, that is ${jin} jin`,
  pieces: 'Pieces (optional)',
  photo: 'Photo',
  photoHint: 'optional, up to 6',
  photoAdd: 'Take a photo',
  photoFull: '6 photos, full',
  photoReading: 'Reading…',
  photoGallery: 'Gallery',
  photoUnreadable: 'Unreadable',
  photoNoPreview: 'Kept; no preview on this phone',
  photoUnseen: 'No preview on this phone',
  photoForeign: 'Not a photo',
  photoLarge: 'Larger than 30 MB',
  photosFull:
    'This phone is full, so the photos are only in this page. Save now, and leave it open until they are sent.',
  photosUnkept:
    'This browser cannot keep photos, so they are only in this page. Save now, and leave it open until they are sent.',
  photoAgain: 'Retry',
  photoRemove: (n) => `Remove photo ${n}`,
  photoNumber: (n) => `Photo ${n}`,
  photosSkipped: (n) =>
    n === 1
      ? 'One photo could not be read and was left out.'
      : `${n} photos could not be read and were left out.`,
  photosLost: (n) =>
    n === 1
      ? 'The page was reloaded and one photo was not kept. Please take it again.'
      : `The page was reloaded and ${n} photos were not kept. Please take them again.`,
  place: 'Where?',
  site: 'Station',
  siteChoose: 'Choose a station',
  siteNone: 'This key has no stations yet. Please ask your administrator.',
  position: 'Add my position',
  positionWhy: 'The position shows where it was found. The public sees a place name and about 1 km, no more.',
  positionAsking: 'Looking for your position…',
  positionFound: (metres) => `Position found, ±${metres} m`,
  positionNone: 'No position: the station’s place will be used',
  positionDenied: 'The phone does not allow it: the station’s place will be used',
  positionOff: 'Position is off: the station’s place will be used',
  positionAgain: 'Find again',
  more: 'More (optional)',
  collector: 'Collector’s name or alias',
  collectorHint: 'For somebody without a phone, name that person. Never public.',
  weigher: 'Who weighs and enters it, if not the collector',
  unpublished: 'Never public.',
  vessel: 'Vessel number',
  polymer: 'Kind of plastic',
  polymers: {
    PET: 'PET, polyester (drink bottles)',
    HDPE: 'HDPE, hard polyethylene',
    LDPE: 'LDPE, soft polyethylene',
    PP: 'PP, polypropylene',
    PE: 'PE, polyethylene',
    PA6: 'PA6, nylon',
    EPS: 'EPS, plastic foam',
    PS: 'PS, polystyrene',
    ABS: 'ABS',
    mixed: 'Mixed',
    unknown: 'Not sure',
  },
  occurredAt: 'Time collected (now, if empty)',
  save: 'Save',
  saving: 'Saving…',

  faults: {
    form: 'Please tap the picture of what it is.',
    massKg:
      'Please give kilograms, with a point for decimals and no comma, e.g. 12.5 or 1500; at most 10000, with at most three decimals.',
    pieces: 'Please give a whole number of pieces, e.g. 40, or leave it empty.',
    siteId: 'Please choose a station.',
    polymer: 'Please choose the kind of plastic again.',
    occurredAt:
      'This time cannot be right: not after now and not before 2015. Change it, or check the phone’s clock.',
    collector: 'A name or alias has at most 80 characters and no special signs.',
    weigher: 'A name or alias has at most 80 characters and no special signs.',
    vessel: 'A vessel number has at most 40 characters and no special signs.',
    position: 'The position cannot be right. Switch it off and save again; the station’s place will be used.',
    photos: 'There is something wrong with a photo. Remove it and save again.',
  },
  refusals: {
    'invalid-request': 'Something needs correcting; see what is marked below.',
    unauthenticated: 'The key is no longer valid. Please change it.',
    'role-not-allowed': 'This key may not log pickups. Please change it.',
    'unknown-site': 'This station does not belong to your key. Please choose another.',
    'entry-too-old':
      'This was logged more than 30 days ago, which is too long. Please have it entered at your station.',
    'wrong-audience':
      'This was signed for another address. Open the address at which this phone was enrolled.',
    'time-order':
      'It is said to have been collected after it was logged. Change the time, or check the phone’s clock.',
    'future-time': 'The time lies in the future. Change it, or check the phone’s clock.',
    'position-implausible':
      'The position cannot be right. Switch it off and save again; the station’s place will be used.',
    'idempotency-key-reused': 'This entry was recorded before with other content. Check it and save again.',
    'body-too-large': 'This is more than the service takes. Remove some photos and try again.',
    busy: 'The service is busy.',
    unavailable: 'The service is busy.',
    'internal-error': 'Something went wrong at the service.',
  },
  refused: (reason) => `Not accepted: ${reason}`,

  sending: 'Sending…',
  unsent: {
    network: 'Not sent yet: no network',
    busy: 'Not sent yet: the service is busy',
    key: 'Not sent yet: the key is no longer valid',
    device: 'Not sent yet: this phone is no longer enrolled',
  },
  unsentKept: 'This entry is kept on this phone. However often you retry, it counts once.',
  retry: 'Send again',
  received: 'Received',
  receiptOf: 'Batch number',
  receiptQr: (id) => `QR code of batch ${id}`,
  receiptLink: 'See what becomes of it',
  another: 'Log another',
  photosSending: (n) => (n === 1 ? 'Sending the photo…' : `Sending ${n} photos…`),
  photosSent: (n) => (n === 1 ? 'Photo sent' : `${n} photos sent`),
  photosUnsent: (n) => (n === 1 ? 'Photo not sent' : `${n} photos not sent`),
  photosGone: (n) =>
    n === 1
      ? 'One photo was not sent and was lost when the page was reloaded'
      : `${n} photos were not sent and were lost when the page was reloaded`,
  correct: 'Correct',
  correctConfirm: 'This replaces what is in the form now. Go on?',
  dismiss: 'Remove',
  recent: 'Today on this phone',
  recentEmpty: 'Nothing logged yet today.',
  recentTotal: (count, kg) => `${count} received, ${kg} kg in all`,
}
