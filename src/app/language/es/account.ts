import type { LaterWords } from '../catalogue.ts'

const password = {
  passwordTitle: 'Cambiar la contraseña',
  passwordLead: 'Se cerrará tu sesión en todos los demás lugares.',
  current: 'La contraseña que tienes ahora',
  password: 'Tu contraseña nueva',
  passwordSave: 'Cambiarla',
  passwordDone: 'Tu contraseña cambió. En todos los demás lugares se cerró tu sesión.',
} satisfies Partial<LaterWords['account']>

const sessions = {
  sessionsTitle: 'Dónde tienes la sesión abierta',
  sessionsLead: 'Si no reconoces una de estas, ciérrala y cambia tu contraseña.',
  here: 'Aquí',
  unnamed: 'Un navegador',
  since: (day) => `Abierta: ${day}`,
  seen: (day) => `Último uso: ${day}`,
  place: (place) => `En la red ${place}`,
  end: 'Cerrar',
  endSure: '¿Cerrar la sesión ahí?',
  endDetail: 'Quien la use tiene que iniciar sesión de nuevo. No se borra nada.',
  endYes: 'Cerrar la sesión ahí',
  endOthers: 'Cerrar sesión en los demás lugares',
  endOthersSure: '¿Cerrar sesión en todos los demás lugares?',
  ended: 'Hecho.',
} satisfies Partial<LaterWords['account']>

const data = {
  dataTitle: 'Tus datos',
  download: 'Lo que tiene el servidor',
  downloadSays:
    'Tu dirección, cuándo creaste la cuenta y dónde tienes la sesión abierta. Tus grabaciones no están ahí: el servidor no puede abrirlas, tus dispositivos sí.',
  downloadDo: 'Descargarlo',
  downloadFile: 'pawpost-cuenta.json',
  remove: 'Borrar mi cuenta',
  removeSays:
    'Tu dirección, tu contraseña y todo lo que inicia tu sesión desaparecen para siempre, también de todas las copias. Lo que grabaste es de tu familia y se queda con ella.',
  removePassword: 'Tu contraseña',
  removeDo: 'Borrar mi cuenta',
  removeSure: '¿Borrar tu cuenta para siempre?',
  removeDetail: 'Nadie puede recuperarla, ni siquiera Pawpost.',
  removeYes: 'Borrarla para siempre',
} satisfies Partial<LaterWords['account']>

const goodbye = {
  goodbyeTitle: 'Tu cuenta se borró',
  goodbye: 'Tu dirección y tu contraseña ya no están. Gracias por haber estado aquí.',
  goodbyeSave: 'Guardar el comprobante',
  goodbyeFile: 'pawpost-cuenta-borrada.json',
  goodbyeDevice:
    'Lo que se guardó en este dispositivo sigue aquí. Para quitarlo, borra los datos de este sitio en los ajustes de tu navegador.',
  goodbyeDone: 'Cerrar',
} satisfies Partial<LaterWords['account']>

export const account: LaterWords['account'] = { ...password, ...sessions, ...data, ...goodbye }

export const listed: LaterWords['listed'] = {
  title: 'Robaron tu dirección en otro lugar',
  says: (sources) =>
    `Tu correo electrónico está en una lista que circula entre ladrones: ${sources}. No salió de aquí. Esas listas suelen traer también contraseñas, y las prueban en todas partes. Elige una contraseña nueva aquí, y otra en cada lugar donde usabas la misma.`,
  todo: 'Elegir una contraseña nueva',
}

export const reset: LaterWords['reset'] = {
  title: 'Una contraseña nueva',
  lead: 'Dinos tu dirección y te enviamos un código por correo. Tu familia y tus mensajes quedan como están.',
  address: 'Tu correo electrónico',
  ask: 'Enviarme un código',
  sentLead:
    'Si hay una cuenta con esta dirección, un código va en camino. Sirve durante 10 minutos.',
  linkLead: 'Elige una contraseña nueva. Se cerrará tu sesión en todos los demás lugares.',
  code: 'El código del correo',
  password: 'Tu contraseña nueva',
  save: 'Guardar e iniciar sesión',
  done: 'Tu contraseña cambió. Inicia sesión con ella.',
  again: 'Enviarme otro código',
  unblockTitle: 'Volver a iniciar sesión aquí',
  unblockLead:
    'Alguien probó muchas contraseñas en tu cuenta, así que dejamos de mirarlas todas. Si quieres iniciar sesión en este navegador, dilo aquí. Todavía necesitas tu contraseña.',
  unblockYes: 'Sí, esto lo pido yo',
  unblockCode: 'El código que sigue a # en el enlace del correo',
  unblockDone: 'Hecho. Ya puedes iniciar sesión aquí.',
  signIn: 'Ir a iniciar sesión',
}
