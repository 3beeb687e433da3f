import type { LaterWords } from '../catalogue.ts'

type Words = LaterWords['notices']

const here = {
  title: 'Cuando llegan mensajes',
  open: 'Cuando llegan mensajes',
  lead: '¿Quieres que te avisemos cuando haya mensajes? El aviso dice solo eso: ni de quién son, ni nada de lo que se dijo.',
  post: 'Hay mensajes para ti',
  here: 'En este dispositivo',
  hereWhat: 'Tu teléfono o computadora te avisa, aunque Pawpost esté cerrado.',
  start: 'Avisarme en este dispositivo',
  started: 'En este dispositivo recibes un aviso cuando llegan mensajes.',
  stop: 'Dejar de avisarme aquí',
  stopped: 'En este dispositivo ya no recibes avisos.',
  denied:
    'Tu navegador no deja que Pawpost te avise. Para cambiarlo, abre los ajustes de tu navegador para esta página, permite los avisos y vuelve aquí.',
  homeScreen:
    'En un iPhone o iPad funciona cuando Pawpost está en la pantalla de inicio: toca Compartir, luego “Agregar a Inicio” o “Añadir a pantalla de inicio”, y ábrelo desde ahí.',
  unable: 'Este navegador no puede hacerlo. El correo funciona en todas partes.',
  nobody: 'Quien administra este Pawpost no lo ha preparado. El correo funciona de todos modos.',
  quiet: 'Sin sonido por la noche',
  quietHint: 'El aviso llega igual, y te espera por la mañana.',
  from: 'Desde',
  to: 'Hasta',
  saved: 'Guardado.',
} satisfies Partial<Words>

const mail = {
  mail: 'Por correo electrónico',
  mailWhat:
    'Un correo a la dirección con la que inicias sesión, si hay mensajes que esperan desde hace un rato y no has pasado por aquí.',
  never: 'Nunca',
  daily: 'Como mucho, una vez al día',
  atOnce: 'Poco después de llegar',
  atOnceHint: 'Como mucho, una vez por hora',
  suggestTitle: '¿Te avisamos cuando lleguen mensajes?',
  suggest: 'Así no hace falta que los busques. Puedes cambiarlo cuando quieras en los ajustes.',
  suggestYes: 'Elegir cómo',
  suggestNo: 'No, gracias',
  endTitle: 'No más correos sobre mensajes',
  endLead:
    'Desde ahora, ningún correo te avisa de que hay mensajes. Tu familia y tus mensajes quedan como están.',
  endYes: 'No enviarme más estos correos',
  endCode: 'El código que sigue a # en el enlace del correo',
  endedBefore:
    'Este enlace ya no hace nada: los correos ya se habían terminado, o falta una parte del enlace.',
  ended: 'Hecho. Ya no recibes estos correos.',
  endOn: 'Ir a Pawpost',
} satisfies Partial<Words>

export const notices: Words = { ...here, ...mail }
