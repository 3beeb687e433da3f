/**
 * Where a coarse quantiser sent nothing, the decoder fills in noise: it draws 16-bit words and takes
 * signs from their low bits. Any source will do for listening; this one makes results repeatable.
 */
export type Draw = () => number

/** A fresh generator, as at the start of a clip. First draws: 2, 3, 4, 5, 7, 10, 14, 19. */
export function repeatableNoise(): Draw {
  let [h0, h1, h2, h3] = [1, 1, 1, 1]
  return () => {
    let next = (h0 + h3) & 0xffff
    if (next >= 0x8000) next = (next + 1) & 0xffff
    h3 = h2
    h2 = h1
    h1 = h0
    h0 = next
    return next
  }
}
