/** Runs on the sound thread: hands the first channel on in pieces of about 64 ms at 16 kHz. */

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

const PIECE = 1024

class Capture extends AudioWorkletProcessor {
  #piece = new Float32Array(PIECE)
  #filled = 0

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    for (const sample of input?.[0] ?? []) {
      this.#piece[this.#filled++] = sample
      if (this.#filled === PIECE) this.#flush()
    }
    return true
  }

  #flush(): void {
    this.port.postMessage(this.#piece, [this.#piece.buffer])
    this.#piece = new Float32Array(PIECE)
    this.#filled = 0
  }
}

registerProcessor('capture', Capture)
