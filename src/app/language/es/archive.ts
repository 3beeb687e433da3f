import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['archive']

const taking = {
  section: 'Tus voces',
  sectionSays:
    'Todo lo que se dijo es tuyo. Llévatelo cuando quieras: no hay que preguntar a nadie.',
  toTake: 'Descargar todo',
  toBring: 'Traer un álbum de voces',
  toKeepsakes: 'Voces de álbumes',
  toLeave: 'Salir de esta familia',
  takeTitle: 'Descargar todo',
  takeNone: 'Todavía no hay grabaciones en este dispositivo.',
  takeWhole:
    'Una persona responsable se lleva lo que dijo toda la familia; un familiar, lo que le corresponde.',
  page: 'Como una página para escuchar',
  pageSays:
    'Un solo archivo con todas las voces, los nombres y los días. Se abre en cualquier navegador, sin internet, hoy y dentro de veinte años. Quien tenga el archivo puede escucharlo.',
  pageDo: 'Crear la página',
  files: 'Como archivos de sonido cerrados',
  filesSays:
    'Cada grabación en su propio archivo de sonido, cerrado con llave, dentro de un archivo ZIP. Viene con una línea de apertura que solo tendrás tú. Se abre con programas gratuitos; dentro se explica cómo.',
  filesDo: 'Crear los archivos cerrados',
  made: 'El archivo está hecho.',
  working: (done, of) => `Grabación ${done} de ${of}`,
  progress: 'Por dónde va el archivo',
  cancel: 'Detener',
  stopped: 'Se detuvo. No se creó ningún archivo.',
  pageFile: (day) => `pawpost-familia-${day}.html`,
  filesFile: (day) => `pawpost-voces-${day}.zip`,
} satisfies Partial<Words>

const line = {
  lineTitle: 'La línea de apertura',
  lineSays:
    'Esta línea abre los archivos cerrados, y nada más puede abrirlos. Solo se muestra ahora, y Pawpost no la guarda. Imprímela o guárdala, en un lugar distinto al de los archivos.',
  line: 'Línea de apertura',
  linePrint: 'Imprimirla',
  lineCopy: 'Copiarla',
  lineCopied: 'Copiada',
  lineSave: 'Guardarla como texto',
  lineFile: 'identity.txt',
  linePrinted: (file) => `Esta línea abre ${file}.`,
  lineHow: 'En README.txt, dentro del archivo ZIP, se explica cómo se usa.',
  lineDone: 'Ya la guardé',
  lineSure: '¿Está a salvo la línea?',
  lineSureDetail: 'Sin ella nadie abre estos archivos. Puedes crear otros cuando quieras.',
  lineSureYes: 'Sí, está a salvo',
} satisfies Partial<Words>

const bringing = {
  bringTitle: 'Traer un álbum de voces',
  bringLead:
    'Voces de otro Pawpost, o de este hace un tiempo: elige la página (.html) o los archivos cerrados (.zip).',
  bringSays:
    'Quedan aparte de tus mensajes, en “Voces de álbumes”. Quién habla, lo dice el álbum: esta familia no estuvo presente. Nunca van a un juguete.',
  bringFile: 'El archivo',
  bringLine: 'Su línea de apertura',
  bringLineHint: 'Empieza con AGE-SECRET y se mostró cuando se crearon los archivos.',
  bringDo: 'Traer las voces',
  bringStopped: 'Se detuvo. Lo que llegó hasta ahora está aquí; con el mismo archivo, sigue.',
  bringOpen: 'Escucharlas',
  keepsakesTitle: 'Voces de álbumes',
  keepsakesLead: 'Quién habla, lo dice el álbum: esta familia no estuvo presente.',
  keepsakesNone: 'Todavía no se trajo ningún álbum.',
  keepsakesMore: 'Mostrar más',
  somebody: 'Alguien',
  fromTo: (from, to) => (to === '' ? from : `${from} para ${to}`),
  drop: 'Quitar',
  dropSure: '¿Quitar esta grabación?',
  dropDetail:
    'Desaparece de cada teléfono que la recibió de aquí. El archivo de donde vino se queda.',
  dropYes: 'Quitarla',
} satisfies Partial<Words>

const leaving = {
  leaveTitle: 'Salir de esta familia',
  leaveLead:
    'Puedes salir de inmediato. Nadie tiene que estar de acuerdo, y nadie puede quitarte tus voces.',
  staysTitle: 'Qué se queda dónde',
  stays: [
    'Lo que recibiste se queda en este teléfono hasta que lo vacíes.',
    'Lo que dijiste se queda con quienes lo recibieron.',
    'Tu cuenta se queda, hasta que la borres en “Tus datos”.',
  ],
  first: 'Primero, llévatelo todo',
  firstSays: 'Así lo tienes, pase lo que pase con este teléfono.',
  leaveDo: 'Salir ahora',
  leaveSure: '¿Salir ahora de esta familia?',
  leaveDetail: 'Ya no te llegará nada nuevo. Para volver, alguien tiene que invitarte otra vez.',
  leaveYes: 'Salir de la familia',
  anewTitle: 'Si no estás de acuerdo, empieza de nuevo',
  anewSays:
    'Ninguna persona responsable puede sacar a otra por su cuenta. Quien quiera seguir aparte puede llevárselo todo:',
  anewSteps: [
    'Descarga todo, como arriba.',
    'Sal de esta familia. Las demás personas siguen con la suya, y conservan lo que tienen.',
    'Vacía Pawpost en este teléfono, y empieza una familia tuya.',
    'Trae a ella el álbum, en “Tus datos”.',
    'Apaga y enciende el juguete, y conéctalo en la familia nueva. Sigue funcionando.',
  ],
} satisfies Partial<Words>

const ending = {
  endTitle: 'Cerrar esta familia para todo el mundo',
  endSays:
    'Eres su única persona responsable. El servidor borra entonces todo lo que tiene de esta familia, y lo que la abre. Nadie puede recuperarlo. Lo que recibieron otras personas se queda en sus teléfonos, y reciben un aviso.',
  endOthers:
    'No eres su única persona responsable. Quien está de acuerdo con cerrar la familia sale de ella; después, la última persona responsable puede cerrarla para todo el mundo.',
  endDo: 'Cerrar la familia',
  endSure: '¿Cerrar esta familia para siempre?',
  endDetail:
    'Todo lo que el servidor tiene de ella se borra, para todo el mundo. ¿Ya te lo llevaste?',
  endYes: 'Cerrarla para siempre',
  receiptTitle: 'La familia se cerró',
  receiptSays: (day) =>
    `El ${day} el servidor borró todo lo que tenía de esta familia, y firmó que lo hizo.`,
  receiptSave: 'Guardar el comprobante',
  receiptFile: 'pawpost-familia-borrada.json',
} satisfies Partial<Words>

export const archive = (plural: Plural): Words => ({
  ...taking,
  takeLead: (count) =>
    plural(count, {
      one: 'Hay una grabación en este dispositivo, con su nombre y su día.',
      other: `Hay ${count} grabaciones en este dispositivo, con sus nombres y sus días.`,
    }),
  ...line,
  ...bringing,
  bringing: (count) =>
    plural(count, { one: 'Una grabación hasta ahora', other: `${count} grabaciones hasta ahora` }),
  brought: (count) =>
    plural(count, {
      one: 'Aquí hay una grabación nueva.',
      other: `Aquí hay ${count} grabaciones nuevas.`,
    }),
  broughtKnown: (count) =>
    plural(count, { one: 'Una ya estaba aquí.', other: `${count} ya estaban aquí.` }),
  ...leaving,
  ...ending,
  receiptCount: (rows) =>
    plural(rows, { one: 'Se borró una anotación.', other: `Se borraron ${rows} anotaciones.` }),
})
