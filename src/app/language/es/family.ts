import type { FirstWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = FirstWords['texts']

export const card: Words['card'] = {
  title: 'Tu tarjeta de rescate',
  lead: 'Si tu teléfono se pierde o se rompe, esta tarjeta lo recupera todo. Imprímela o cópiala a mano, y ponla donde guardas los papeles importantes.',
  warning:
    'No se la envíes a nadie ni subas una foto de ella a la nube: quien tiene la tarjeta puede escuchar.',
  code: 'Código de rescate',
  printed: (name) => `Tarjeta de rescate de Pawpost para la familia de ${name}`,
  printedHow:
    'Si se pierden todos tus dispositivos: abre Pawpost, crea una cuenta o inicia sesión, y elige “Tengo una tarjeta de rescate”.',
  printedOn: (day) => `Hecha el ${day}. Si hay una tarjeta más nueva, solo funciona esa.`,
  print: 'Imprimir',
  save: 'Guardar como archivo',
  file: 'pawpost-tarjeta-de-rescate.txt',
  qr: 'El mismo código para una cámara',
  done: 'Ya la guardé',
  sure: '¿Está la tarjeta en un lugar seguro?',
  sureDetail: 'Solo se muestra esta vez.',
  sureYes: 'Sí, está a salvo',
  settings: 'Tarjeta de rescate',
  copy: 'Copiar',
  copied: 'Copiado.',
  there: 'Si se pierden todos tus dispositivos, tu tarjeta de rescate lo recupera todo.',
  none: 'Todavía no tienes una tarjeta de rescate. Si este dispositivo se pierde o se rompe, la tarjeta lo recupera todo.',
  make: 'Crear una tarjeta de rescate',
  replace: 'Crear una tarjeta nueva',
  replaceHint: 'Crea una nueva si se perdió, o si quizá la vio otra persona.',
  replaceSure: '¿Crear una tarjeta de rescate nueva?',
  replaceDetail: 'La tarjeta anterior deja de funcionar para siempre. Si la encuentras, rómpela.',
  replaceYes: 'Crear una tarjeta nueva',
}

export const family: Words['family'] = {
  title: 'Familia',
  people: 'Personas',
  me: 'tú',
  roles: {
    guardian: 'decide qué suena en el juguete',
    relative: 'graba y escucha',
    toy: 'juguete',
  },
  unnamed: 'Alguien',
  invite: 'Invitar a alguien',
  invitations: 'Invitaciones abiertas',
  until: (day) => `se puede usar hasta el ${day}`,
  show: 'Mostrar el enlace',
  cancel: 'Retirar',
  cancelSure: (name) => `¿Retirar la invitación para ${name}?`,
  cancelDetail: 'El enlace dejará de funcionar.',
  cancelYes: 'Retirarla',
  rename: 'Cambiar los nombres',
  child: 'tu peque',
  nameless:
    'Este dispositivo todavía no conoce los nombres. Si no llegan solos, escríbelos otra vez.',
  names: {
    title: 'Nombres',
    lead: 'Cómo llaman en casa a cada persona. Solo lo ve tu familia.',
    me: 'Cómo te llama tu peque',
    person: (name) => `Otro nombre para ${name}`,
    somebody: (place) => `Nombre de la persona ${place}`,
    save: 'Guardar',
    saved: 'Guardado.',
  },
}

export const invite: Words['invite'] = {
  title: 'Invitar a alguien',
  name: '¿Quién es?',
  nameHint: 'Por ejemplo, Abuela o Tío Tomás.',
  role: '¿Qué podrá hacer?',
  relative: 'Grabar para tu peque y escuchar las respuestas',
  relativeHint: 'Escuchas antes todo lo que envíe. Ideal para abuelos y amistades.',
  guardian: 'Decidir junto contigo',
  guardianHint:
    'Escucha todo, aprueba e invita, igual que tú. Ideal para el otro padre o la otra madre.',
  submit: 'Crear la invitación',
  readyTitle: (name) => `La invitación para ${name}`,
  ready: (name) =>
    `Envía este enlace solo a ${name}. Funciona una vez, durante siete días. Cuando ${name} lo abra, lo verás aquí para comparar seis números, mejor por teléfono.`,
  link: 'Enlace de invitación',
  copy: 'Copiar el enlace',
  copied: 'Copiado.',
  share: 'Enviar…',
  shareText: (name) => `${name}, ven a nuestro Pawpost:`,
  qr: 'La invitación para una cámara',
  qrHint: 'Si el otro teléfono está cerca: apunta aquí con su cámara.',
  done: 'Listo',
}

export const requests = (plural: Plural): Words['requests'] => ({
  title: (name) => `${name} quiere entrar`,
  banner: (count) =>
    plural(count, { one: 'Alguien quiere entrar', other: `${count} personas quieren entrar` }),
  look: 'Ver',
  invitedAs: (name) => `Invitaste a esta persona como ${name}.`,
  unready: (name) =>
    `En cuanto ${name} abra Pawpost, aparecerán aquí seis números. Compáralos con los suyos en una llamada.`,
  elsewhere: (name) =>
    `Otro teléfono de tu familia fue más rápido: los seis números para ${name} se muestran ahí.`,
  compare: (name) =>
    `Llama a ${name} y pregunta por los seis números de la otra pantalla. ¿Son iguales a estos?`,
  digits: 'Seis números',
  admit: 'Son iguales: dejar entrar',
  differ: 'Son otros: no dejar entrar',
  declineSure: (name) => `¿No dejar entrar a ${name}?`,
  declineDetail: 'Si los números son otros, quizá alguien esté espiando. Puedes invitar otra vez.',
  declineYes: 'No dejar entrar',
  admitted: (name) => `${name} ya entró.`,
})

export const join: Words['join'] = {
  title: '¿Quién eres?',
  lead: 'Este nombre es el que ven la familia y tu peque.',
  name: '¿Cómo te llama tu peque?',
  submit: 'Pedir entrar',
  waitTitle: 'Ya casi',
  wait: 'Le preguntamos a la familia. Deja esta página abierta: aquí aparecerán seis números.',
  digitsTitle: 'Tus seis números',
  digits: 'Lee estos números a la persona que te invitó, mejor por teléfono.',
  thenWait: 'En cuanto te dejen entrar, sigue solo.',
  declinedTitle: 'No te dejaron entrar',
  declined: 'Llama a la persona que te invitó y pídele otra invitación.',
  forget: 'Empezar de nuevo',
  admitted: 'Ya entraste.',
  unused: 'En este dispositivo ya estás en una familia, así que la invitación no se usó.',
}
