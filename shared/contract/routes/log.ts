import { JSON_TYPE, type RoutesOf } from '../route.ts'

/** The log of all events, as C2SP's tlog-tiles has it, below the prefix `/log`. */
export const LOG_ROUTES = {
  readCheckpoint: {
    method: 'GET',
    path: '/log/checkpoint',
    serves: 'log',
    callers: 'anyone',
    crossOrigin: true,
    summary:
      'The newest checkpoint of the log of all events: its size and root, signed (C2SP tlog-checkpoint)',
    answer: { status: 200, type: 'text/plain', tagged: true },
    refuses: ['not-found'],
  },
  /** One row: tiles lie at different depths, each group of three digits of an index being a folder. */
  readTile: {
    method: 'GET',
    path: '/log/tile/{rest+}',
    forms: {
      readTile: '/log/tile/{level}/{index}',
      readPartialTile: '/log/tile/{level}/{index}/{width}',
      readDeepTile: '/log/tile/{level}/{thousands}/{index}/{width}',
    },
    serves: 'log',
    callers: 'anyone',
    crossOrigin: true,
    summary:
      'A tile of the log: up to 256 hashes of 32 bytes (C2SP tlog-tiles), whole as 0/000, x001/234, partial as 0/000.p/17',
    answer: { status: 200, type: 'application/octet-stream' },
    refuses: ['invalid-request'],
  },
  listLogKeys: {
    method: 'GET',
    path: '/log/keys',
    serves: 'log',
    callers: 'anyone',
    crossOrigin: true,
    summary:
      'All keys that sign the log or have ever done so. Convenient, and no reason to trust them: what vouches for a log cannot come from the log',
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'log'>
