/**
 * The fixed sizes of the original toy's sound: ITU-T G.722.1 (7 kHz) with frames of 320 bits,
 * 16 kbit/s. One block of samples in, one frame out.
 */
export const SAMPLE_RATE = 16_000
/** Samples per block, coefficients per transform, and the codec's delay. */
export const BLOCK = 320
export const FRAME_BYTES = 40
export const FRAME_BITS = 320
/** Regions of 500 Hz; the coefficients above the last one (7 kHz) are not sent. */
export const REGIONS = 14
export const REGION_SIZE = 20
export const CODED = REGIONS * REGION_SIZE
/** Category 7 sends nothing of a region; 0 is the finest quantiser, 6 the coarsest. */
export const SILENT = 7
/** A slot of the toy holds about 40 s. */
export const MAX_FRAMES = 2_000
