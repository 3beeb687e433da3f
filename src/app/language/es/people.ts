import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['people']

const known = {
  children: 'Peques',
  addChild: 'Agregar peque',
  people: 'Personas',
  rules: 'Reglas',
  trusted: 'sin aprobación',
  paused: 'en pausa',
  you: 'tú',
  onlyFor: (names) => `solo para ${names}`,
  forNobody: 'para ningún peque',
  relations: {
    mother: 'madre',
    father: 'padre',
    grandmother: 'abuela',
    grandfather: 'abuelo',
    aunt: 'tía',
    uncle: 'tío',
    cousin: 'primo o prima',
    other: 'otra persona',
  },
  relation: '¿Qué parentesco tiene con tu peque?',
  unsaid: 'Sin decir',
  name: 'El nombre que le da tu peque',
  ownName: 'Cómo te llama tu peque',
  save: 'Guardar',
  saved: 'Guardado.',
  whom: '¿A quién puede enviar mensajes?',
  whomHint: 'Esta persona no se entera de los peques que no marques aquí.',
  trust: 'Sus mensajes no necesitan aprobación',
  trustHint: 'Lo que dice llega al juguete sin que una persona responsable escuche primero.',
  trustAsks:
    'También se pregunta a las demás personas que deciden. Vale cuando haya suficientes de acuerdo.',
  asked: 'Ya se preguntó a las demás personas. Vale en cuanto haya suficientes de acuerdo.',
  askedAlready: 'Ya se preguntó a las demás personas. La respuesta se ve en “Familia”.',
} satisfies Partial<Words>

const pausing = {
  breakTitle: 'Una pausa',
  breakSays: (name) =>
    `Mientras ${name} esté en pausa, no puede enviar nada nuevo a tu peque. Lo que ya se dijo se queda.`,
  pause: 'Poner en pausa',
  isPaused: (name) => `${name} está en pausa.`,
  goOn: 'Reanudar',
  phones: 'Sus teléfonos',
  noPhones: 'No hay ninguno.',
  lastPhone: 'Es el único que tiene: para darlo de baja, quita a la persona.',
  endPhone: 'Dar de baja este teléfono',
  endPhoneSure: '¿Dar de baja este teléfono?',
  endPhoneDetail:
    'Desde ahora no recibe nada nuevo, y no se puede enviar nada desde él. Sus otros teléfonos siguen.',
  endPhoneYes: 'Dar de baja',
  onBreak: 'Tu familia se toma una pequeña pausa de mensajes nuevos.',
  onBreakHint:
    'Lo que se dijo se queda aquí. En cuanto termine la pausa, vuelve el botón. Una llamada siempre alegra.',
} satisfies Partial<Words>

const leaving = {
  away: 'Quitar',
  remove: (name) => `Quitar a ${name}`,
  removeSays: (name) =>
    `${name} sale de inmediato: no le llega nada nuevo y no puede enviar nada. Lo que ya recibió sigue en sus manos; nadie puede quitárselo.`,
  removeSure: (name) => `¿Quitar ahora a ${name}?`,
  removeYes: 'Quitar',
  removed: (name) => `${name} ya no está en la familia.`,
  guardianAway: 'Cuando alguien que decide tiene que irse',
  guardianAwaySays: (name) =>
    `Nadie puede sacar por su cuenta a otra persona que decide. Hay dos maneras, y ${name} se entera de ambas.`,
  byVotes: 'Preguntar a las demás personas',
  byVotesSays:
    'Si están de acuerdo suficientes de las demás personas que deciden, pasa de inmediato.',
  byVotesSure: (name) => `¿Preguntar a las demás personas si ${name} debe irse?`,
  byVotesYes: 'Preguntar',
  byVotesNot: (name) =>
    `Las demás personas no pueden decidirlo: ${name} llegó antes que demasiadas de ellas. Queda la otra manera.`,
  byNotice: 'Anunciarlo',
  byNoticeSays: (name) =>
    `${name} se entera de inmediato. Pasadas 72 horas, cualquier persona que decide puede llevarlo a cabo. Hasta entonces ${name} oye todo como antes y puede llevarse todas las voces. Puedes retirar el anuncio.`,
  byNoticeSure: (name) => `¿Anunciar que ${name} tiene que irse?`,
  byNoticeYes: 'Anunciarlo',
  announcedAlready: 'Ya está anunciado. En “Familia” se ve desde cuándo vale.',
  aboutMe: 'Sobre mí',
  aboutMeSays: 'Tu foto, como la ve tu familia.',
  leave: 'Salir de esta familia',
  leaveSays: 'Puedes irte cuando quieras, de inmediato, y llevarte lo que recibiste.',
} satisfies Partial<Words>

export const people: Words = { ...known, ...pausing, ...leaving }

export const picture: LaterWords['picture'] = {
  title: 'Foto',
  choose: 'Elegir o tomar una foto',
  other: 'Elegir otra foto',
  remove: 'Quitar la foto',
  hint: 'Este dispositivo la recorta en cuadrado y la hace pequeña. También quita dónde y cuándo se tomó. Solo la ve tu familia.',
  done: 'La foto está elegida.',
  unreadable: 'Esta foto no se puede leer. Prueba con otra.',
}

const agreeing = {
  title: '¿Estás de acuerdo?',
  othersTitle: 'Se pregunta a las demás personas',
  asks: (name) => `${name} pide tu acuerdo:`,
  asksOthers: (name) => `${name} pide el acuerdo de las demás personas:`,
  youAsked: 'Pediste el acuerdo de las demás personas:',
  about: (name) => `${name} pregunta por ti a las demás personas:`,
  agree: 'De acuerdo',
  later: 'Ahora no',
  agreed: 'Diste tu acuerdo.',
  until: (day) => `Se puede dar el acuerdo hasta el ${day}.`,
} satisfies Partial<LaterWords['asking']>

const standing = {
  standsTitle: 'Alguien tiene que irse',
  mineTitle: (name) => `Anunciaste que ${name} tiene que irse`,
  meTitle: (name) => `${name} anunció que tienes que irte`,
  otherTitle: (by, name) => `${by} anunció que ${name} tiene que irse`,
  from: (moment) => `Desde el ${moment} se puede llevar a cabo.`,
  meUntil: (moment) =>
    `Hasta el ${moment} oyes todo como antes. Puedes llevarte todas las voces y conservarlas.`,
  meAfter: 'Ya se puede llevar a cabo. Puedes llevarte todas las voces y conservarlas.',
  now: 'Pasaron las 72 horas: ya se puede llevar a cabo.',
  takeBack: 'Retirar el anuncio',
  carryOut: 'Llevarlo a cabo ahora',
  carryOutSure: (name) => `¿Quitar ahora a ${name}?`,
  carryOutDetail: 'Pasa de inmediato. Lo que ya recibió sigue en sus manos.',
  carryOutYes: 'Quitar',
  takeAlong: 'Llevarme las voces',
} satisfies Partial<LaterWords['asking']>

export const asking = (plural: Plural): LaterWords['asking'] => ({
  ...agreeing,
  ...standing,
  waits: (missing) =>
    plural(missing, {
      one: 'Falta el acuerdo de una persona más.',
      other: `Falta el acuerdo de ${missing} personas más.`,
    }),
  wants: {
    remove: (name) => `${name} sale de la familia de inmediato.`,
    removeMe: 'Sales de la familia de inmediato.',
    suite: 'La familia usa la protección más nueva.',
    trust: (name) => `Lo que dice ${name} no necesita aprobación.`,
    distrust: (name) => `Lo que dice ${name} necesita aprobación otra vez.`,
    approval: 'Una persona responsable escucha primero lo que dicen los familiares.',
    noApproval: 'Nada necesita aprobación antes de llegar al juguete.',
    keep: (days) =>
      plural(days, {
        one: 'Los mensajes se guardan un día.',
        other: `Los mensajes se guardan ${days} días.`,
      }),
    forEver: 'Los mensajes se guardan para siempre.',
    nothing: 'Todo queda como está.',
  },
})
