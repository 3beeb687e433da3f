import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'
import { theHour } from './time.ts'

type Words = LaterWords['kids']

const consent: Words['consent'] = {
  title: 'Antes de empezar',
  titleFor: 'Antes de agregar a tu peque',
  lead: 'Lee estos cuatro puntos, por favor. Los decides por el niño o la niña.',
  points: [
    {
      title: 'Qué se guarda',
      says: 'Pawpost guarda grabaciones de la voz de este niño o niña, y grabaciones que otras personas hacen para él o ella, junto con los nombres, las fotos y los cumpleaños que indique una persona responsable.',
    },
    {
      title: 'Quién puede escucharlas',
      says: 'Las personas responsables de esta familia, y cada persona a la que ellas dejen entrar, en la medida en que una persona responsable le reenvíe las grabaciones. Nadie más: tampoco quienes administran este servidor.',
    },
    {
      title: 'Cuánto tiempo',
      says: 'El tiempo que diga la regla de la familia (30 días si no se cambia), y más tiempo lo que alguien guarde.',
    },
    {
      title: 'Cómo terminarlo',
      says: 'En “Familia”, elige al niño o la niña y luego “Terminar la participación”. Antes se puede descargar todo, y todo se puede borrar.',
    },
  ],
  tick: 'Puedo decidir esto por el niño o la niña',
  tickHint:
    'Por ejemplo, como madre o padre. Lo que decidas aquí queda anotado en el registro de tu familia.',
  missing: 'Marca que puedes decidir esto, por favor.',
  go: 'Acepto',
}

const profile = {
  newTitle: 'Agregar peque',
  name: 'Nombre o apodo de tu peque',
  toy: '¿Qué juguete es?',
  plushes: {
    bear: 'Osito',
    cat: 'Gatito',
    dog: 'Perrito',
    bunny: 'Conejito',
    unicorn: 'Unicornio',
  },
  the: {
    bear: 'el osito',
    cat: 'el gatito',
    dog: 'el perrito',
    bunny: 'el conejito',
    unicorn: 'el unicornio',
  },
  pet: '¿Cómo se llama el juguete? (si tiene nombre)',
  birthday: 'Cumpleaños (si quieres)',
  birthdayHint: 'Solo el día y el mes. Para un pastel no hace falta el año.',
  day: 'Día',
  month: 'Mes',
  none: '–',
  add: 'Agregar',
  added: (name) => `${name} ya está aquí.`,
  save: 'Guardar',
  saved: 'Guardado.',
  birthdayOn: (day) => `Cumpleaños: ${day}`,
  noBirthday: 'Elige el día y también el mes, o ninguno de los dos.',
} satisfies Partial<Words>

const quiet: Words['quiet'] = {
  title: 'Horas de silencio',
  lead: 'Mientras tu peque duerme, los mensajes esperan hasta la mañana y el juguete suena bajito.',
  school: 'Entre semana',
  schoolHint: 'De domingo a jueves',
  free: 'Fin de semana',
  freeHint: 'Viernes y sábado',
  from: 'Desde',
  to: 'Hasta',
  zone: '¿Dónde duerme tu peque?',
  zoneHint: 'Las horas siguen el reloj de ese lugar.',
  volume: 'Volumen máximo del juguete a esas horas',
  percent: (share) => `${share} %`,
  tonight: (from, to, toy) =>
    `Esta noche, desde ${theHour(from)} hasta ${theHour(to)}, ${toy} no hará ruido.`,
  now: (to, toy) => `Ahora mismo, y hasta ${theHour(to)}, ${toy} no hace ruido.`,
  next: (from, to, toy) => `Desde el ${from}, hasta el ${to}, ${toy} no hará ruido.`,
  never: (toy) => `Por ahora ${toy} no tiene horas de silencio.`,
  same: 'Una noche que termina cuando empieza no es una noche. Cambia una de las horas.',
}

const end: Words['end'] = {
  title: 'Terminar la participación',
  says: (name) =>
    `Puedes retirar tu permiso para que ${name} participe. Antes puedes descargarlo todo.`,
  button: 'Terminar la participación',
  sure: (name) => `¿Terminar la participación de ${name}?`,
  detail: (name) =>
    `Desde ahora no se graba nada nuevo de ${name} ni para ${name}, y nada llega al juguete. Lo que ya se dijo se queda hasta que pase su tiempo, y se puede descargar y borrar. Para empezar otra vez, hay que agregar de nuevo a ${name}.`,
  yes: 'Terminarla',
  done: (name) => `Terminó la participación de ${name}.`,
  download: 'Descargar todo',
}

export const kids: Words = { consent, ...profile, quiet, end }

export const asleep: LaterWords['asleep'] = {
  until: (name, time) => `Hasta ${theHour(time)} duerme ${name}.`,
  morning: '¿Enviarlo por la mañana?',
  hint: 'Se queda aquí, listo para enviar.',
  anyway: 'Enviarlo ahora de todos modos',
  sure: (name) => `¿Enviarlo ahora, mientras ${name} duerme?`,
  detail: 'El juguete parpadea, y puede despertar a alguien. Está ajustado para sonar bajito.',
  yes: 'Enviarlo ahora',
  softer: 'Son horas de silencio: el juguete suena bajito.',
}

const list = {
  title: 'Reglas',
  lead: 'Valen para toda la familia, en todos los teléfonos.',
  asks: 'Más de una persona decide aquí: se pregunta a las demás, y vale cuando están de acuerdo las suficientes.',
  approval: 'Qué llega al juguete',
  approvalOn: 'Alguien escucha primero',
  approvalOnHint: 'Lo que dicen los familiares espera hasta que alguien que decide lo apruebe.',
  approvalOff: 'Todo llega al juguete',
  approvalOffHint: 'Nadie tiene que escuchar primero, hable quien hable.',
  trusted: 'En quién confías',
  trustedHint: 'Lo que dicen estas personas no necesita aprobación.',
  nobody: 'Todavía no hay familiares.',
  retention: 'Cuánto tiempo se guardan los mensajes',
  retentionHint:
    'Al menos este tiempo, como mucho el doble. Después se borran en todas partes, y nadie puede recuperarlos. Lo que alguien guardó se queda.',
  keepYear: 'Un año',
  forEver: 'Para siempre',
  save: 'Guardar las reglas',
  saved: 'Estas son las reglas desde ahora.',
  asked:
    'Ya se preguntó a las demás personas. Las reglas cambian en cuanto haya suficientes de acuerdo.',
} satisfies Partial<LaterWords['rules']>

export const rules = (plural: Plural): LaterWords['rules'] => ({
  ...list,
  keep: (days) => plural(days, { one: 'Un día', other: `${days} días` }),
})
