import { DBusError, Message, type MessageBus, Variant } from '@jellybrick/dbus-next'

/**
 * A tree of D-Bus objects with properties and methods, and the standard interfaces on top of it:
 * ObjectManager at "/", Properties on every object.
 */

/** What a method answers: a signature and a body; nothing for an empty answer. */
export type Answer = { signature: string; body: unknown[] } | undefined
export type Method = (body: unknown[]) => Promise<Answer> | Answer
export type Properties = Record<string, Variant>
export type BusInterface = {
  properties: Properties
  methods: Record<string, Method>
  /** Called for a property that a client sets; without it properties are read-only. */
  set?: (name: string, value: Variant) => void
}
export type BusObject = Record<string, BusInterface>

export interface ObjectTree {
  add(path: string, object: BusObject): void
  /** Removes an object; its children have to be removed before it. */
  remove(path: string): void
  has(path: string): boolean
  /** Changes properties of one interface and tells the bus. */
  change(path: string, name: string, properties: Properties): void
}

const OBJECT_MANAGER = 'org.freedesktop.DBus.ObjectManager'
const PROPERTIES = 'org.freedesktop.DBus.Properties'

export function exportTree(bus: MessageBus): ObjectTree {
  const objects = new Map<string, BusObject>()
  bus.addMethodHandler((message: Message) => {
    void answer(bus, objects, message)
    return true
  })
  return {
    add(path, object) {
      objects.set(path, object)
      const body = [path, propertiesOf(object)]
      bus.send(Message.newSignal('/', OBJECT_MANAGER, 'InterfacesAdded', 'oa{sa{sv}}', body))
    },
    remove(path) {
      const names = Object.keys(objects.get(path) ?? {})
      objects.delete(path)
      bus.send(Message.newSignal('/', OBJECT_MANAGER, 'InterfacesRemoved', 'oas', [path, names]))
    },
    has: (path) => objects.has(path),
    change(path, name, properties) {
      const known = objects.get(path)?.[name]
      if (known === undefined) return
      Object.assign(known.properties, properties)
      const body = [name, properties, []]
      bus.send(Message.newSignal(path, PROPERTIES, 'PropertiesChanged', 'sa{sv}as', body))
    },
  }
}

function propertiesOf(object: BusObject): Record<string, Properties> {
  return Object.fromEntries(Object.entries(object).map(([name, one]) => [name, one.properties]))
}

type Objects = ReadonlyMap<string, BusObject>

async function answer(bus: MessageBus, objects: Objects, message: Message): Promise<void> {
  try {
    const reply = await call(objects, message)
    bus.send(Message.newMethodReturn(message, reply?.signature ?? '', reply?.body ?? []))
  } catch (error) {
    const known = error instanceof DBusError
    const name = known ? error.type : 'org.bluez.Error.Failed'
    bus.send(Message.newError(message, name, error instanceof Error ? error.message : 'failed'))
  }
}

function call(objects: Objects, message: Message): Promise<Answer> | Answer {
  if (message.interface === OBJECT_MANAGER && message.member === 'GetManagedObjects') {
    const all = [...objects].map(([path, object]) => [path, propertiesOf(object)])
    return { signature: 'a{oa{sa{sv}}}', body: [Object.fromEntries(all)] }
  }
  const object = objects.get(message.path)
  if (object === undefined)
    throw new DBusError('org.freedesktop.DBus.Error.UnknownObject', message.path)
  if (message.interface === PROPERTIES) return property(object, message)
  const method = object[message.interface]?.methods[message.member]
  if (method === undefined) throw unknown('Method', `${message.interface}.${message.member}`)
  return method(message.body)
}

function property(object: BusObject, message: Message): Answer {
  const [name, key, value] = message.body
  const found = object[String(name)]
  if (found === undefined) throw unknown('Interface', String(name))
  if (message.member === 'GetAll') return { signature: 'a{sv}', body: [found.properties] }
  const present = found.properties[String(key)]
  if (present === undefined) throw unknown('Property', String(key))
  if (message.member === 'Get') return { signature: 'v', body: [present] }
  if (message.member !== 'Set') throw unknown('Method', message.member)
  if (found.set === undefined || !(value instanceof Variant)) {
    throw new DBusError('org.freedesktop.DBus.Error.PropertyReadOnly', String(key))
  }
  found.set(String(key), value)
  return undefined
}

function unknown(what: 'Method' | 'Interface' | 'Property', name: string): DBusError {
  return new DBusError(`org.freedesktop.DBus.Error.Unknown${what}`, name)
}
