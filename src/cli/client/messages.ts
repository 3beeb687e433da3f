import { readFile, writeFile } from 'node:fs/promises'
import type { Client } from '../../client/client.ts'
import { erase } from '../../client/erasing.ts'
import { approve, reject, withdrawApproval } from '../../client/judging.ts'
import { hide, letGo, save, share } from '../../client/keeping.ts'
import { heard, messages, sound } from '../../client/messages.ts'
import { sendVoice, type Whom } from '../../client/voices.ts'
import { readWavAt, writeWav } from '../../client/sound/wav.ts'
import { waiting } from '../../client/outbox.ts'
import { approvalFor, markInTheBear } from '../../client/toy.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { childId, messageId, principalId, type MessageId } from '../../protocol/ids.ts'
import { UsageError } from '../../protocol/usage.ts'
import { approveClip } from '../../toy/approval.ts'
import { connectCloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { socketLink } from '../../toy/virtual/socket-link.ts'
import { sendOrWarn, stepOrWarn, type Call, type ClientCommand } from './command.ts'
import { settleIn } from './family.ts'
import { decodeVoice, encodeVoice, RATE } from './opus.ts'

/** Messages: sending, listening, approving, and the toy. */
export const MESSAGE_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  send: {
    usage: 'send FILE.wav [--to child|household|CHILD|MEMBER] [--re MESSAGE]',
    options: ['to', 're'],
    words: 1,
    check: ({ options }) => void readAddressee(options['to'] ?? 'child'),
    run: async (client, { words, options, warn }) => {
      const samples = readWavAt(await readSound(words[0] ?? ''), RATE)
      const durationMs = (samples.length * 1000) / RATE
      await settleIn(client).catch(ignoreOffline)
      const to = readAddressee(options['to'] ?? 'child')
      const re = options['re'] === undefined ? undefined : readMessage(options['re'])
      const voice = { sound: encodeVoice(samples), durationMs, to, ...(re && { re }) }
      const { message } = await sendVoice(client, voice)
      await sendOrWarn(client, warn)
      return { message, sent: await hasLeft(client, message) }
    },
  },
  inbox: {
    usage: 'inbox',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await settleIn(client).catch(ignoreOffline)
      await stepOrWarn(client, warn)
      return (await messages(client)).map(({ message, from, kind, at, durationMs, state }) => ({
        message,
        from: from.name,
        kind,
        at: new Date(at).toISOString(),
        durationMs,
        state,
      }))
    },
  },
  listen: {
    usage: 'listen MESSAGE --out FILE.wav',
    options: ['out'],
    needs: ['out'],
    words: 1,
    run: async (client, { words, options }) => {
      const message = readMessage(words[0])
      const { sound: voice, durationMs } = await sound(client, message)
      await writeSound(options['out'] ?? '', writeWav(decodeVoice(voice), RATE))
      await heard(client, message)
      return { message, durationMs }
    },
  },
  approve: { usage: 'approve MESSAGE', options: [], words: 1, run: judge(approve) },
  reject: { usage: 'reject MESSAGE', options: [], words: 1, run: judge(reject) },
  unapprove: { usage: 'unapprove MESSAGE', options: [], words: 1, run: judge(withdrawApproval) },
  save: { usage: 'save MESSAGE', options: [], words: 1, run: judge(save) },
  'let go': { usage: 'let go MESSAGE', options: [], words: 1, run: judge(letGo) },
  hide: { usage: 'hide MESSAGE', options: [], words: 1, run: judge(hide) },
  share: {
    usage: 'share MESSAGE --to MEMBER',
    options: ['to'],
    needs: ['to'],
    words: 1,
    run: async (client, { words, options, warn }) => {
      const message = readMessage(words[0])
      const { to = '' } = options
      if (!principalId.is(to)) throw new UsageError('--to is the id of a member')
      await share(client, message, to)
      await sendOrWarn(client, warn)
      return { message, to }
    },
  },
  erase: { usage: 'erase MESSAGE', options: [], words: 1, run: judge(erase) },
  'toy send': {
    usage: 'toy send MESSAGE --virtual SOCKET',
    options: ['virtual'],
    needs: ['virtual'],
    words: 1,
    run: async (client, { words, options, warn }) => {
      const message = readMessage(words[0])
      await sendToToy(client, message, options['virtual'] ?? '')
      await markInTheBear(client, message)
      await sendOrWarn(client, warn)
      return { message, state: 'in-the-bear' }
    },
  },
}

function judge(verdict: (client: Client, message: MessageId) => Promise<void>) {
  return async (client: Client, { words, warn }: Call): Promise<unknown> => {
    const message = readMessage(words[0])
    await verdict(client, message)
    await sendOrWarn(client, warn)
    return { message }
  }
}

/** Whether a message is with the server. Throws its code when the server will never take it. */
async function hasLeft(client: Client, message: MessageId): Promise<boolean> {
  const left = (await waiting(client)).find((item) => item.message === message)
  if (left?.failed) throw new PawpostError(left.failed)
  return left === undefined
}

function readSound(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new PawpostError('sound-unreadable', cause.code, { cause })
  })
}

async function writeSound(path: string, file: Uint8Array): Promise<void> {
  await writeFile(path, file).catch((cause: NodeJS.ErrnoException) => {
    throw new PawpostError('storage-failed', cause.code, { cause })
  })
}

async function sendToToy(client: Client, message: MessageId, socket: string): Promise<void> {
  const approval = await approvalFor(client, message)
  const clip = await approveClip(approval, (voice) => decodeVoice(voice.sound))
  const toy = await connectCloudPet(await socketLink(socket))
  try {
    await toy.sendMessage(clip)
  } finally {
    await toy.close()
  }
}

function readMessage(word: string | undefined): MessageId {
  if (word === undefined || !messageId.is(word)) throw new PawpostError('not-found')
  return word
}

function readAddressee(word: string): Whom {
  if (word === 'child' || word === 'household') return word
  if (childId.is(word) || principalId.is(word)) return word
  throw new UsageError('--to is child, household or the id of a child or a member')
}

function ignoreOffline(error: unknown): void {
  const offline = error instanceof PawpostError && error.code === 'offline'
  if (!offline) throw error
}
