/** The WebAssembly build of libopus: the same interface on every platform, and memory-safe. */
declare module '@evan/opus/wasm/index.mjs' {
  type Options = { channels: 1; sample_rate: 16000 | 48000; application?: 'voip' }
  export class Decoder {
    constructor(options: Options)
    /** Interleaved 16-bit samples, little-endian. Throws on a damaged packet. */
    decode(packet: Uint8Array): Uint8Array
    drop(): void
  }
  export class Encoder {
    constructor(options: Options)
    encode(samples: Uint8Array): Uint8Array
    /** opus_encoder_ctl by request number; without a value it asks. */
    ctl(request: number, value?: number): number
    drop(): void
  }
}
