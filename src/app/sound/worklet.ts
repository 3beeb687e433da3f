import { PawpostError } from '../../protocol/errors.ts'
import workletUrl from './capture-worklet.ts?worker&url'
import { closeMicrophone, openMicrophone, RATE, type OnPiece, type Source } from './microphone.ts'

/**
 * Opens the microphone and reads it through Web Audio, for browsers that do not hand out the track.
 * Everything is made ready before the microphone opens, so that no first word is lost.
 * Throws `microphone-refused` or `microphone-missing`.
 */
export async function readWorklet(onPiece: OnPiece): Promise<Source> {
  const context = await readyContext({ sampleRate: RATE })
  const stream = await openMicrophone().catch(async (cause: unknown) => {
    await context.close()
    throw cause
  })
  try {
    return listen(stream, await contextFor(stream, context), onPiece)
  } catch (cause) {
    close(stream, context)
    throw new PawpostError('microphone-missing', 'context', { cause })
  }
}

async function readyContext(options: AudioContextOptions): Promise<AudioContext> {
  const context = new AudioContext(options)
  try {
    await context.resume()
    await context.audioWorklet.addModule(workletUrl)
    return context
  } catch (cause) {
    void context.close()
    throw new PawpostError('microphone-missing', 'worklet', { cause })
  }
}

/** Firefox wants the microphone's own rate; what it records is resampled afterwards. */
async function contextFor(stream: MediaStream, context: AudioContext): Promise<AudioContext> {
  try {
    context.createMediaStreamSource(stream)
    return context
  } catch {
    void context.close()
    return readyContext({})
  }
}

function listen(stream: MediaStream, context: AudioContext, onPiece: OnPiece): Source {
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1 })
  const take = ({ data }: MessageEvent<Float32Array>): void => onPiece(data, context.sampleRate)
  node.port.addEventListener('message', take)
  node.port.start()
  context.createMediaStreamSource(stream).connect(node)
  const end = (): void => {
    node.port.removeEventListener('message', take)
    close(stream, context)
  }
  return { stream, end }
}

function close(stream: MediaStream, context: AudioContext): void {
  closeMicrophone(stream)
  if (context.state !== 'closed') void context.close()
}
