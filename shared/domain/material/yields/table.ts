import type { Step } from '../../lineage/journey.ts'
import type { MaterialForm, Polymer } from '../material.ts'
import type { Stage } from '../stages.ts'

/** A band in basis points, both ends included. */
export interface Band {
  readonly lowBp: number
  readonly highBp: number
}

/** Water in plastic that was melted, as shares of its mass. */
export interface Water {
  /** The most that is usual, and the most that there can be. */
  readonly usualBp: number
  readonly mostBp: number
}

/** What usually remains of one form, on a dry basis, after each step and from collection to pellets. */
export interface YieldRow {
  readonly form: MaterialForm
  /** Only where the polymer decides: nets of PA6 and of polyethylene. */
  readonly polymers?: readonly Polymer[]
  /** Water in the material as it is received. */
  readonly moisture: Band
  readonly steps: Readonly<Partial<Record<Step, Band>>>
  /** Usual, and the wider band outside of which somebody should look. */
  readonly overall: Band
  readonly flag: Band
}

const band = (lowPercent: number, highPercent: number): Band => ({
  lowBp: lowPercent * 100,
  highBp: highPercent * 100,
})

const rigid = {
  moisture: band(3, 12),
  steps: { sorting: band(85, 95), cleaning: band(80, 92), pelletizing: band(95, 98) },
  overall: band(66, 85),
  flag: band(55, 90),
}

/**
 * Engineering estimates of mechanical recycling, not measured and not cited: a plant should put its own records in
 * their place, as a new version. Two published anchors agree with them: pelletizers accept up to 5 % dirt (DW, July
 * 2021), and retrieved gear, gillnets above all, is far harder to recycle than packaging (MARELITT Baltic).
 */
export const YIELDS: {
  readonly version: string
  readonly mark: 'estimate'
  /** Of steps in which nothing is washed off or sorted out, so that the form does not matter. */
  readonly handling: Readonly<Partial<Record<Step, Band>>>
  /** By the stage, as pellets and products are what they are whatever they are called. Flakes may be wet. */
  readonly melted: Readonly<Partial<Record<Stage, Water>>>
  readonly rows: readonly YieldRow[]
} = {
  version: '2026-3',
  mark: 'estimate',
  handling: { consolidation: band(98, 100), blending: band(97, 100), manufacturing: band(90, 100) },
  // PA6 takes up most: about 3 % from air, and below 10 % lying in water until it takes up no more.
  melted: { pelletized: { usualBp: 300, mostBp: 1_000 }, product: { usualBp: 300, mostBp: 1_000 } },
  rows: [
    {
      form: 'bottle',
      moisture: band(3, 15),
      steps: { sorting: band(80, 92), cleaning: band(75, 88), pelletizing: band(96, 99) },
      overall: band(60, 78),
      flag: band(50, 85),
    },
    { form: 'crate', ...rigid },
    { form: 'float', ...rigid },
    {
      form: 'rope',
      moisture: band(10, 30),
      steps: { sorting: band(75, 90), cleaning: band(65, 80), pelletizing: band(93, 97) },
      overall: band(48, 68),
      flag: band(40, 75),
    },
    {
      form: 'net',
      polymers: ['HDPE', 'PE'],
      moisture: band(10, 30),
      steps: { sorting: band(75, 90), cleaning: band(65, 82), pelletizing: band(93, 97) },
      overall: band(48, 70),
      flag: band(40, 78),
    },
    {
      form: 'net',
      polymers: ['PA6'],
      moisture: band(10, 35),
      steps: { sorting: band(65, 85), cleaning: band(60, 80), pelletizing: band(92, 96) },
      overall: band(40, 62),
      flag: band(30, 72),
    },
    {
      form: 'foam',
      moisture: band(5, 40),
      steps: { sorting: band(70, 90), cleaning: band(75, 90), pelletizing: band(90, 96) },
      overall: band(50, 75),
      flag: band(40, 80),
    },
    {
      form: 'film',
      moisture: band(10, 40),
      steps: { sorting: band(50, 75), cleaning: band(55, 75), pelletizing: band(92, 96) },
      overall: band(28, 52),
      flag: band(20, 60),
    },
  ],
}
