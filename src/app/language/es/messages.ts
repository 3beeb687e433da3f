import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['messages']

const home = {
  title: (names) => `Mensajes para ${names}`,
  waiting: 'Te esperan',
  waitingHint: (child) => `Escucha primero. Lo que apruebes puede ir al juguete de ${child}.`,
  alone: 'Por ahora solo estás tú. Invita a alguien que quiera a tu peque.',
  say: 'Decir algo',
  toChild: (child) => `Para ${child}`,
  answer: (child) => `Respuesta de ${child}`,
  childsAnswer: 'Respuesta de un peque',
  toPerson: 'Para una persona',
  newest: 'Lo más nuevo',
  all: 'Todos los mensajes',
  none: 'Todavía no hay mensajes.',
  noneHint: 'Lo que se diga se guardará aquí, mientras tu familia quiera.',
  noneMine: 'Aquí no hay nada todavía. Lo que te digan, y lo que digas tú, llega aquí.',
  noneChild: (child) => `Todavía no hay nada de ${child} ni para ${child}.`,
  noneFound: 'Aquí no hay nada así.',
  showAll: 'Mostrar todo',
  thread: 'Tú y el osito',
  draft: (name) => `Falta enviar una grabación para ${name}.`,
  draftOpen: 'Ver',
} satisfies Partial<Words>

const judging = {
  approve: 'Aprobar',
  reject: 'Este no',
  rejectSure: '¿No entregar este mensaje?',
  rejectDetail: (name) => `${name} verá que no se entregó.`,
  rejectYes: 'No entregarlo',
  approved: 'Aprobado.',
  rejected: 'No entregado.',
  toToy: 'Enviar al juguete',
  retry: 'Intentar de nuevo',
  discard: 'Borrar',
  discardSure: '¿Borrar esta grabación?',
  discardDetail: 'No se le envió a nadie.',
} satisfies Partial<Words>

const row = {
  play: (who) => `Escuchar: ${who}`,
  pause: (who) => `Pausar: ${who}`,
  position: 'Posición',
  speed: (factor) => `Velocidad ${factor}`,
  fresh: 'Nuevo',
  saved: 'Guardado',
  you: 'Tú',
  fromTo: (from, to) => `${from} para ${to}`,
  today: (time) => `Hoy, ${time}`,
  yesterday: (time) => `Ayer, ${time}`,
  length: (length) => `Duración: ${length}`,
  answers: (name, when) => `Responde a ${name}. ${when}`,
  answersYou: (when) => `Te responde. ${when}`,
} satisfies Partial<Words>

const list = {
  whose: 'De quién son los mensajes',
  mine: 'Míos',
  child: 'Peque',
  filters: 'Mostrar solo',
  filter: {
    all: 'Todos',
    new: 'Nuevos',
    waiting: 'En espera',
    approved: 'Aprobados',
    inTheBear: 'En el osito',
    played: 'Escuchados',
    saved: 'Guardados',
  },
  count: (label, count) => `${label} (${count})`,
  find: 'Buscar por nombre',
  month: 'Ir a un mes',
} satisfies Partial<Words>

export const messages = (plural: Plural): Words => ({
  ...home,
  ...judging,
  ...row,
  ...list,
  moreWaiting: (count) =>
    plural(count, { one: `Te espera ${count} más`, other: `Te esperan ${count} más` }),
  allCount: (count) => `Todos los mensajes (${count})`,
  freshCount: (count) => plural(count, { one: `${count} nuevo`, other: `${count} nuevos` }),
  seconds: (seconds) =>
    plural(seconds, { one: `${seconds} segundo`, other: `${seconds} segundos` }),
  shown: (count) =>
    plural(count, { one: `Se muestra ${count} mensaje.`, other: `Se muestran ${count} mensajes.` }),
})

export const deeds: LaterWords['deeds'] = {
  more: 'Más',
  moreFor: (who, when) => `Más: ${who}. ${when}`,
  reply: 'Responder',
  replyAs: (child) => `Grabar la respuesta de ${child}`,
  passOn: 'Reenviar a…',
  passOnTitle: '¿Reenviar a quién?',
  passOnHint: 'Lo oirá tal como se dijo.',
  passOnYes: 'Reenviar',
  passedOn: (names) => `Reenviado a ${names}.`,
  save: 'Guardar',
  saveHint: 'Se conserva aunque se vayan los mensajes viejos.',
  saved: 'Guardado.',
  letGo: 'Dejar de guardar',
  letGoDone: 'Ya no está guardado. Dura lo mismo que los demás mensajes.',
  approve: 'Aprobar después de todo',
  withdraw: 'Retirar la aprobación',
  withdrawn: 'Retirada. El mensaje te espera de nuevo.',
  hide: 'Borrar para mí',
  hideHint: 'Las demás personas lo conservan.',
  hidden: 'Borrado para ti.',
  undo: 'Deshacer',
  undone: 'Ya volvió.',
  erase: 'Borrar para todo el mundo',
  eraseSure: '¿Borrarlo para todo el mundo?',
  eraseWith: (names) => `Desaparece para ${names} y para ti. No se puede deshacer.`,
  eraseWithToy: (names) => `Desaparece para ${names}, para ti y del juguete. No se puede deshacer.`,
  eraseAlone: 'Desaparece de todos tus teléfonos. No se puede deshacer.',
  eraseYes: 'Borrar para todo el mundo',
  erased: 'Borrado para todo el mundo.',
}

export const states: LaterWords['states'] = {
  sending: 'Sale en cuanto haya conexión',
  failed: 'No se pudo enviar',
  waitingForYou: 'Te espera',
  waitingForParents: 'Los padres escuchan primero',
  approved: 'Aprobado, todavía no está en el osito',
  rejected: 'No entregado',
  inTheBear: 'En el osito',
  played: 'Escuchado',
  arrived: 'Llegó',
}

export const addressing: LaterWords['addressing'] = {
  whom: '¿Para quién?',
  forWhom: '¿Para quién es?',
  whose: '¿De quién es la voz?',
  children: 'Peques',
  people: 'Personas',
  go: 'Continuar',
  nobody: 'Marca al menos a una persona.',
  noPeople: 'Todavía no hay nadie más aquí. Invita antes a alguien.',
  noChild: 'Aquí no hay peques.',
  forNames: (names) => `Grabar para ${names}`,
  answerFor: (child, names) => `Respuesta de ${child} para ${names}`,
  parents: 'los padres',
  toParents: 'Unas palabras para los padres',
  answerHint: 'Mantén el teléfono cerca de tu peque y del juguete.',
  answered: 'A qué responde',
}
