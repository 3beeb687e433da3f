import { TOY, TOY_SERVICE } from '../cloudpets/gatt.ts'

/** The GATT table of the toy (facts, section 3), with the firmware service that nobody may touch. */
export type GattFlag = 'read' | 'write' | 'write-without-response' | 'notify'
export type GattCharacteristic = { uuid: string; flags: readonly GattFlag[] }
export type GattService = { uuid: string; characteristics: readonly GattCharacteristic[] }

const sig = (short: string): string => `0000${short}-0000-1000-8000-00805f9b34fb`
const oad = (short: string): string => `f000${short}-0451-4000-b000-000000000000`

export const DEVICE_NAME = sig('2a00')
export const FIRMWARE = { service: oad('ffc0'), identify: oad('ffc1'), block: oad('ffc2') } as const

export const GATT_TABLE: readonly GattService[] = [
  { uuid: sig('1800'), characteristics: [{ uuid: DEVICE_NAME, flags: ['read'] }] },
  { uuid: sig('1801'), characteristics: [] },
  {
    uuid: FIRMWARE.service,
    characteristics: [
      { uuid: FIRMWARE.identify, flags: ['write', 'write-without-response', 'notify'] },
      { uuid: FIRMWARE.block, flags: ['write', 'write-without-response', 'notify'] },
    ],
  },
  {
    uuid: TOY_SERVICE,
    characteristics: [
      { uuid: TOY.cmd, flags: ['write'] },
      { uuid: TOY.audioSend, flags: ['write', 'write-without-response'] },
      { uuid: TOY.audioRecv, flags: ['notify'] },
      { uuid: TOY.state, flags: ['read', 'notify'] },
      { uuid: TOY.dataReq, flags: ['notify'] },
      { uuid: TOY.config, flags: ['read', 'write'] },
      { uuid: TOY.led, flags: ['write'] },
      { uuid: TOY.volume, flags: ['read', 'write'] },
    ],
  },
]

/** Whether the toy's characteristic `uuid` allows `flag`. */
export function allows(uuid: string, flag: GattFlag): boolean {
  return GATT_TABLE.some((service) =>
    service.characteristics.some((one) => one.uuid === uuid && one.flags.includes(flag)),
  )
}
