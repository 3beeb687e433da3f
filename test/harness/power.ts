import { dirname } from 'node:path'
import type { Disk, Grip } from '../../src/server/vault/disk.ts'

/** What lies on a disk: the bytes of each file by its path. The path of a folder ends with a slash. */
export type Files = ReadonlyMap<string, Uint8Array>

/** Thrown by a disk whose power was cut. */
export class PowerCut extends Error {}

/** A disk in memory whose power is cut after so many effects. */
export interface ModelDisk extends Disk {
  /** Everything that may be found when the power comes back: only what was synced is certain. */
  wrecks(): readonly Files[]
  /** Bytes of files that have no name any more, as they would lie on the platter. */
  nameless(): readonly Uint8Array[]
}

/** Bytes as a reader sees them, and as they are on the disk for certain. */
type Inode = { live: Uint8Array; synced: Uint8Array }
type Names = Map<string, Inode | undefined>
type Renaming = { readonly folder: string; readonly changes: Names }

const NOTHING = new Uint8Array()

/** A disk that has `files`, with the folders they are in, and lives for `effects` effects. */
export function modelDisk(files: Files = new Map(), effects = Infinity): ModelDisk {
  const durable: Names = new Map([...files].map(([path, bytes]) => [path, inodeOf(bytes)]))
  for (const path of ['/root', ...files.keys()])
    durable.set(slashed(dirname(path)), inodeOf(NOTHING))
  const names: Names = new Map(durable)
  const inodes = new Set<Inode>()
  for (const inode of names.values()) if (inode) inodes.add(inode)
  let pending: Renaming[] = []
  let left = effects

  async function effect(happens: () => void): Promise<void> {
    if (left <= 0) throw new PowerCut()
    left -= 1
    happens()
  }

  function change(folder: string, changes: Names): void {
    inodeAt(slashed(folder))
    for (const [path, inode] of changes) names.set(path, inode)
    pending.push({ folder, changes })
  }

  function inodeAt(path: string): Inode {
    const inode = names.get(path)
    if (!inode) throw new Error(`there is no ${path}`)
    return inode
  }

  function create(path: string, bytes: Uint8Array): void {
    const inode = { live: bytes, synced: NOTHING }
    inodes.add(inode)
    change(dirname(path), new Map([[path, inode]]))
  }

  function gripOf(inode: Inode): Grip {
    return {
      async wipe() {
        await effect(() => (inode.live = new Uint8Array(inode.live.length)))
        await effect(() => (inode.synced = inode.live))
      },
      async [Symbol.asyncDispose]() {},
    }
  }

  return {
    read: async (path) => names.get(path)?.live.slice(),
    write: (path, bytes) =>
      effect(() => {
        const there = names.get(path)
        if (there) there.live = bytes.slice()
        else create(path, bytes.slice())
      }),
    sync: (path) => effect(() => (inodeAt(path).synced = inodeAt(path).live)),
    rename: (from, to) =>
      effect(() => {
        const moved = new Map([
          [to, inodeAt(from)],
          [from, undefined],
        ])
        change(dirname(to), moved)
      }),
    remove: (path) =>
      effect(() => {
        if (names.get(path)) change(dirname(path), new Map([[path, undefined]]))
      }),
    syncFolder: (path) =>
      effect(() => {
        const settled = pending.filter(({ folder }) => folder === path)
        for (const { changes } of settled) apply(durable, changes)
        pending = pending.filter(({ folder }) => folder !== path)
      }),
    makeFolder: (path) =>
      effect(() => {
        const made: Names = new Map([[`${path}/`, inodeOf(NOTHING)]])
        change(dirname(path), made)
        apply(durable, made)
        pending = pending.filter(({ changes }) => changes !== made)
      }),
    async list(path) {
      const below = [...names].filter(([name, inode]) => inode && name.startsWith(`${path}/`))
      const entries = below.map(([name]) => name.slice(path.length + 1).split('/', 1)[0] ?? '')
      return [...new Set(entries)].filter((entry) => entry !== '')
    },
    isFolder: async (path) => names.has(`${path}/`),
    async grip(path) {
      const inode = names.get(path)
      return inode && gripOf(inode)
    },
    wrecks: () =>
      pending.reduce<readonly Names[]>(follow, [durable]).flatMap((found) => contentsOf(found)),
    nameless: () => {
      const named = new Set(names.values())
      return [...inodes].filter((inode) => !named.has(inode)).map(({ live }) => live)
    },
  }
}

function inodeOf(bytes: Uint8Array): Inode {
  return { live: bytes, synced: bytes }
}

function slashed(folder: string): string {
  return folder === '/' ? folder : `${folder}/`
}

function apply(names: Names, changes: Names): void {
  for (const [path, inode] of changes) names.set(path, inode)
}

/** One more change of names may have reached the disk: they do so in their order. */
function follow(states: readonly Names[], { changes }: Renaming): readonly Names[] {
  const next: Names = new Map(states.at(-1))
  apply(next, changes)
  return [...states, next]
}

/** Of each file that was not synced, all of it, half or what was synced may be there. */
function contentsOf(names: Names): readonly Files[] {
  let found: readonly Files[] = [new Map()]
  for (const [path, inode] of names) {
    if (!inode) continue
    found = found.flatMap((files) =>
      variantsOf(inode).map((bytes) => new Map([...files, [path, bytes]])),
    )
  }
  return found
}

function variantsOf({ live, synced }: Inode): readonly Uint8Array[] {
  return live === synced ? [live] : [live, synced, live.subarray(0, live.length / 2)]
}

/**
 * Cuts the power after each effect of `act` in turn, and hands every wreck to `check`, with whether
 * `act` had come to its end. Gives the number of effects.
 */
export async function cutEverywhere(
  files: Files,
  act: (disk: ModelDisk) => Promise<unknown>,
  check: (wreck: Files, isDone: boolean) => Promise<void>,
): Promise<number> {
  for (let effects = 0; ; effects += 1) {
    const disk = modelDisk(files, effects)
    const isDone = await act(disk).then(() => true, wasCut)
    for (const wreck of disk.wrecks()) await check(wreck, isDone)
    if (isDone) return effects
  }
}

function wasCut(error: unknown): false {
  if (!(error instanceof PowerCut)) throw error
  return false
}

/** What lies on a disk once it is at rest. */
export function atRest(disk: ModelDisk): Files {
  const wrecks = disk.wrecks()
  const [only] = wrecks
  if (!only || wrecks.length > 1) throw new Error('something was not synced')
  return only
}
