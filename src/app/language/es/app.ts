import type { FirstWords } from '../catalogue.ts'

type Words = FirstWords['texts']

export const app: Words['app'] = {
  name: 'Pawpost',
  opening: 'Solo un momento…',
  moment: 'Un momento…',
  back: 'Volver',
  show: 'Mostrar',
  showPassword: 'la contraseña',
  no: 'No, volver',
  close: 'Cerrar',
  retry: 'Intentar de nuevo',
  reload: 'Cargar de nuevo',
  skip: 'Saltar al contenido',
  code: 'Código para quien te ayude:',
  notLoaded: 'Esta parte de Pawpost no se pudo cargar. ¿Hay conexión?',
  menu: 'Menú principal',
  offline: 'Ahora no hay conexión. Todo lo que grabes se guarda aquí y sale más tarde.',
}

export const busy: Words['busy'] = {
  title: 'Abierto en otra ventana',
  says: 'Pawpost ya está abierto en otra ventana de este navegador. Funciona en una sola a la vez.',
  takeOver: 'Usar aquí',
}

export const failed: Words['failed'] = {
  title: 'Pawpost no pudo empezar',
  insecure:
    'Esta dirección no está protegida: empieza con http. Pawpost necesita una que empiece con https. Pregunta a quien lo administra.',
}

export const menu: Words['menu'] = {
  messages: 'Mensajes',
  family: 'Familia',
  toy: 'Juguete',
  settings: 'Ajustes',
}

export const refused: Words['refused'] = {
  title: 'Lo que se rechazó',
  settings: 'Lo que se rechazó',
  settingsSays: 'Pawpost revisa todo lo que le llega. Lo que no creyó está en esta lista.',
  open: 'Mostrar la lista',
  none: 'Hasta ahora no se rechazó nada. Todo lo que llegó a este dispositivo venía de tu familia.',
  lead: 'A este dispositivo le llegó algo que no encajaba con tu familia. No lo creyó: nadie entró por ahí y nada de eso se escucha.',
  what: 'Quizá algo se perdió o se mezcló en el camino, o alguien intenta entrar. Si vuelve a pasar, llama a las demás personas de tu familia y dile estos códigos a quien administra este Pawpost.',
  aMessage: 'Se apartó un mensaje',
  aChange: 'No se creyó un cambio en la familia',
  aRollBack: 'El servidor volvió atrás en el tiempo',
  fewer: (shown, known) =>
    `Mostró ${shown} de las ${known} anotaciones que este dispositivo conoce: lo devolvieron a un día anterior, o no es honesto. Aquí no se perdió nada, y este dispositivo le devuelve lo que puede.`,
  when: (day, times) => (times === 1 ? day : `${day}, ${times} veces hasta ahora`),
  number: 'Número del mensaje:',
  banner: 'Pawpost rechazó algo',
  bannerSays: 'Le llegó algo que no encajaba con tu familia. No lo creyó.',
  look: 'Ver',
}

export const settings: Words['settings'] = {
  title: 'Ajustes',
  account: 'Tu cuenta',
  checkUp: '¿Está todo bien protegido?',
  signingIn: 'Inicio de sesión',
  password: 'Cambiar la contraseña',
  sessions: 'Dónde tienes la sesión abierta',
  data: 'Tus datos',
  guide: 'Cómo proteger tu cuenta',
  language: 'Idioma',
  storage: 'Guardado en este dispositivo',
  persistent: 'Este navegador guarda tus mensajes hasta que los borres.',
  fleeting:
    'Este navegador puede borrar tus mensajes cuando se llene su memoria, o tras semanas sin una visita. Ayuda agregar Pawpost a tu pantalla de inicio.',
  ask: 'Pedirle que los guarde',
  signOut: 'Cerrar sesión',
  signOutSure: '¿Cerrar sesión?',
  signOutDetail: 'No se borra nada. Para seguir, vuelve a iniciar sesión en este dispositivo.',
  signOutYes: 'Cerrar sesión',
  safety: 'Quién puede escuchar',
  safetySays:
    'Las grabaciones se cierran con llave en tu dispositivo antes de salir de él. Solo las personas de tu familia pueden abrirlas. Pawpost no puede.',
}
