import type { LaterWords } from '../catalogue.ts'

type Words = LaterWords['phones']

const mine = {
  title: 'Mis teléfonos',
  lead: 'Cada teléfono, tableta o computadora en que usas Pawpost. Lo que te envían se abre en cada uno.',
  settings: 'Mis teléfonos',
  settingsSays: 'Agrega otro teléfono o computadora, o avisa que uno se perdió.',
  open: 'Mostrar mis teléfonos',
  here: 'Este',
  since: (day) => `Desde el ${day}`,
  unnamed: 'Un teléfono o computadora',
  named: (browser, system) => `${browser} en ${system}`,
  lost: 'Lo perdí',
  lostOf: (name) => `Lo perdí: ${name}`,
  lostSure: (name) => `¿Se perdió este: ${name}?`,
  lostDetail:
    'Desde ahora no recibe nada nuevo. Lo que había recibido sigue en él, pero ya no lo muestra. Para volver algún día, hay que vaciarlo y agregarlo de nuevo.',
  lostYes: 'Sí, se perdió',
  lostDone: 'Ya no recibe nada nuevo.',
  lostNext: 'Quizá todavía tenga abierta la sesión de tu cuenta. Ciérrala también ahí:',
  sessions: 'Dónde tienes la sesión abierta',
  add: 'Agregar otro teléfono',
} satisfies Partial<Words>

const adding = {
  addTitle: 'Agregar otro teléfono',
  addLead: 'Para otro teléfono, tableta o computadora que sea tuyo. De nadie más.',
  addSteps: [
    'Toma el otro teléfono.',
    'Abre su cámara y apunta a esta imagen.',
    'Toca el enlace que aparece, e inicia sesión con la misma cuenta.',
  ],
  qr: 'La imagen para la cámara de tu otro teléfono',
  link: 'O abre este enlace en tu otra computadora',
  copy: 'Copiar el enlace',
  copied: 'Copiado.',
  minutes: 'Funciona una vez, durante diez minutos. No se lo envíes a nadie.',
  stop: 'Detener',
  asksTitle: 'Un teléfono nuevo quiere entrar',
  asks: '¿Es el que tienes en la mano? Entonces también muestra estos cuatro números.',
  digits: 'Los cuatro números',
  asking: (name) => `Dice llamarse: ${name}.`,
  letIn: 'Sí, son estos: dejar entrar',
  notMine: 'No, detener',
  doneTitle: 'Tu otro teléfono ya entró',
  done: 'Los nombres y los mensajes aparecen ahí en un momento.',
  toList: 'Mostrar mis teléfonos',
  overTitle: 'Esta imagen es demasiado vieja',
  over: 'Nadie entró con ella. Muestra una nueva e intenta otra vez.',
  again: 'Mostrar otra imagen',
} satisfies Partial<Words>

const coming = {
  comeTitle: 'Traer Pawpost a este teléfono',
  come: 'Este será otro teléfono tuyo. Ten el otro a mano: te preguntará en un momento.',
  comeYes: 'Traerlo aquí',
  comeNo: 'Ahora no',
  waitTitle: 'Un momento…',
  wait: 'Se está preguntando a tu otro teléfono.',
  compareTitle: 'Mira tu otro teléfono',
  compare: 'Pregunta si puede entrar un teléfono nuevo, y muestra los mismos cuatro números.',
  differ: 'Si ahí los números son otros, di que no.',
  arrived: 'Ya entraste.',
  deadTitle: 'No funcionó',
  dead: 'El otro teléfono dijo que no, o tardó demasiado. Muestra ahí otra imagen y apunta a ella con esta cámara.',
  forget: 'Seguir sin él',
} satisfies Partial<Words>

const ended = {
  endedTitle: 'Este teléfono ya no está en la familia',
  endedBy: {
    revoked:
      'Alguien dijo que se perdió, o que ya no se va a usar. No le llega nada nuevo y no se envía nada desde él.',
    self: 'Saliste de la familia. Aquí no llega nada nuevo y no se envía nada desde aquí.',
    guardian:
      'Quienes deciden terminaron tu lugar en la familia. Aquí no llega nada nuevo y no se envía nada desde aquí.',
    quorum:
      'Quienes deciden acordaron terminar tu lugar en la familia. Aquí no llega nada nuevo y no se envía nada desde aquí.',
    household:
      'La familia se cerró aquí, con todo lo que tenía. Aquí no llega nada nuevo y no se envía nada desde aquí.',
    notice:
      'Tu lugar en la familia terminó después del tiempo anunciado. Aquí no llega nada nuevo y no se envía nada desde aquí.',
  },
  keptLocked:
    'Lo que llegó antes sigue en él, pero aquí ya no se muestra: quien encuentre este teléfono no debe oírlo. Si es tuyo, vacíalo. Después puedes traerlo de nuevo con otro teléfono tuyo.',
  keptOpen: 'Lo que recibiste es tuyo. Se queda aquí hasta que lo vacíes.',
  kept: 'Lo que recibiste',
  keptNothing: 'Aquí no hay nada.',
  back: 'Para volver, vacía primero este teléfono. Después pide otra invitación.',
  wipe: 'Vaciar Pawpost aquí',
  wipeSure: '¿Vaciar todo lo que Pawpost tiene en este teléfono?',
  wipeDetail:
    'Todo lo que solo está aquí desaparece para siempre. Los demás teléfonos conservan lo suyo.',
  wipeYes: 'Vaciar',
  oneWay:
    'Solo este teléfono abre lo que graba tu familia. Si se pierde o se rompe, nadie puede recuperarlo.',
  oneWayRelative:
    'Solo este teléfono abre tus mensajes. Agrega otro tuyo, o pide otra invitación si se pierde: lo que se dijo antes quedará cerrado para ti.',
} satisfies Partial<Words>

export const phones: Words = { ...mine, ...adding, ...coming, ...ended }
