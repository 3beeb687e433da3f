/** The radio of the original CloudPets toy (facts/cloudpets-toy.md, sections 2 and 3). */
export const TOY_SERVICE = 'aaddf75d-a95a-0000-0000-3ca499b74009'

const characteristic = <N extends number>(n: N) =>
  `aaddf75d-a95a-0000-000${n}-3ca499b74009` as const

/** The characteristics of the toy service: the only ones Pawpost ever writes. */
export const TOY = {
  cmd: characteristic(1),
  audioSend: characteristic(2),
  audioRecv: characteristic(3),
  state: characteristic(4),
  dataReq: characteristic(5),
  config: characteristic(6),
  led: characteristic(7),
  volume: characteristic(8),
} as const

export type ToyCharacteristic = keyof typeof TOY

/** How a CloudPets toy is found: what its name begins with and the service it offers. */
export const CLOUDPETS_RADIO = {
  namePrefixes: ['CloudPets', 'Cloud Pets'],
  service: TOY_SERVICE,
} as const
