import type { FirstWords } from '../catalogue.ts'

type Words = FirstWords['errors']

const sent = {
  'bad-request': 'No se entendió este pedido.',
  'too-large': 'Esto es demasiado grande para enviarlo.',
  'unsupported-type': 'Este tipo de contenido no se acepta aquí.',
  'not-found': 'Esto no está aquí, o no es para ti.',
  'too-many': 'Demasiados intentos seguidos. Espera un minuto e intenta de nuevo.',
  busy: 'Pawpost tiene mucho trabajo ahora. Intenta de nuevo en un momento.',
  timeout: 'Esto tardó demasiado. Intenta de nuevo.',
  'origin-refused': 'Este pedido vino de otro sitio y se rechazó.',
  internal: 'Algo falló de nuestro lado. No se perdió nada tuyo.',
} satisfies Partial<Words>

const signingIn = {
  'sign-in-needed': 'Inicia sesión, por favor.',
  'sign-in-refused':
    'La dirección o la contraseña no es correcta, o hubo demasiados intentos: en ese caso, tu correo te dice más.',
  'second-factor-needed':
    'La contraseña es correcta. Ahora demuestra con tu segundo paso que eres tú.',
  'factor-refused': 'No funcionó. Intenta otra vez, o usa otra manera de demostrar que eres tú.',
  'second-step-late':
    'Este inicio de sesión esperó cinco minutos, o hubo demasiados códigos incorrectos. Inicia sesión de nuevo.',
  'second-step-in-app':
    'El segundo paso de esta cuenta es una llave de acceso, que aquí no se puede usar. Usa un código de recuperación, o inicia sesión con la app.',
  'proof-needed': 'Antes de este cambio, demuestra otra vez que eres tú.',
  'second-factor-required':
    'Aquí todo el mundo inicia sesión con un segundo paso: una app de autenticación o una llave de acceso. Agrega primero uno, y conserva uno.',
  'factor-last':
    'Tu contraseña es corta, así que un segundo paso tiene que quedarse. Elige antes una más larga.',
  'address-unconfirmed': 'Confirma primero tu dirección: te enviamos un código.',
  'code-wrong': 'Este código no es correcto, o es demasiado viejo. Pide uno nuevo.',
} satisfies Partial<Words>

const passwords = {
  'password-wrong': 'Esta no es la contraseña que tienes ahora.',
  'address-invalid': 'Esto no parece una dirección de correo electrónico.',
  'password-short':
    'Esta contraseña es demasiado corta. Unas cuantas palabras seguidas son largas y fáciles de recordar.',
  'password-long': 'Usa como máximo 256 caracteres.',
  'password-common':
    'Esta contraseña está en una lista que los ladrones prueban primero. Elige otra.',
  'password-context': 'No uses tu dirección ni el nombre de este servicio como contraseña.',
  'password-breached':
    'Esta contraseña se robó en algún lugar y está en una lista que los ladrones prueban. Elige otra, aquí y donde más la uses.',
  'password-must-change':
    'Esta contraseña es demasiado corta, o está en una lista que los ladrones prueban. Te enviamos un correo: elige una nueva con él.',
  'password-plain':
    'Quien administra este servicio pide una mezcla de minúsculas, mayúsculas, números y signos, y quizá que ningún carácter se repita tres veces seguidas.',
  'breach-list-unreadable':
    'Esta lista de contraseñas robadas no se puede usar: falta, está dañada o no es una lista así.',
  'breach-list-unconfirmed':
    'Con 8 bits, una de cada 256 contraseñas buenas da una falsa alarma: indica una lista ordenada para confirmar.',
  'breach-upstream-silent':
    'El servicio al que se preguntó por contraseñas robadas no dio una respuesta que sirva.',
} satisfies Partial<Words>

const family = {
  'device-refused': 'Este dispositivo no puede hacer eso.',
  'signature-refused': 'Este pedido no viene de tu dispositivo.',
  'clock-wrong':
    'El reloj de este dispositivo se adelanta o se atrasa más de cinco minutos. Ponlo en hora.',
  'log-conflict': 'Hace un momento otra persona cambió algo en la familia.',
  'log-refused': 'Este cambio en la familia se rechazó.',
  'message-refused': 'Este mensaje se rechazó.',
  'message-conflict': 'Ya hay otro mensaje con este número.',
  'family-full':
    'Tu familia ya no tiene espacio en este servidor. Lo que dijiste se guarda aquí. Guarda los mensajes menos días (en Familia, Reglas), o pide más espacio a quien administra este servidor.',
  'family-busy': 'Es mucho para un solo día. Se guarda aquí y sale solo, a más tardar mañana.',
  'invite-dead': 'Esta invitación ya se usó, se retiró o es demasiado vieja. Pide una nueva.',
  'box-ended': 'Este enlace ya no funciona. Pide uno nuevo.',
  'request-unready': 'Primero falta un paso del otro lado. Espera un momento.',
  'digits-differ':
    'Los seis números no son iguales. No dejes entrar a esta persona; pídele que empiece de nuevo.',
  'household-exists': 'Este dispositivo ya es de una familia.',
  'household-missing': 'Este dispositivo todavía no es de ninguna familia.',
  'household-ended':
    'Una persona responsable cerró esta familia. Lo que recibió este dispositivo se queda aquí.',
  'guardians-left':
    'Hay otra persona responsable. Solo la última puede cerrar la familia: las demás salen antes.',
  'device-ended': 'Este dispositivo ya no es de su familia. Lo que recibió se queda aquí.',
} satisfies Partial<Words>

const opening = {
  'link-invalid': 'Este enlace de invitación no está completo. Copia el enlace entero.',
  'pairing-dead':
    'Este código ya se usó, o es demasiado viejo. Muestra uno nuevo en el otro teléfono.',
  'passkey-unable': 'Esta llave de acceso no puede guardar nada. Usa tu tarjeta de rescate.',
  'card-invalid': 'Este código de rescate no es correcto. Revisa cada letra.',
  'card-unknown':
    'Esta tarjeta no abre ninguna familia aquí. Si se creó una más nueva, solo funciona esa.',
  'not-addressed': 'Este mensaje no es para este dispositivo.',
  'not-approved': 'Ninguna persona responsable aprobó este mensaje para el juguete.',
  tampered: 'Alguien cambió esto en el camino. Se apartó y no se escucha.',
  'sound-unreadable': 'Este sonido no se puede leer.',
  'sound-too-long': 'Esta grabación es demasiado larga para el juguete.',
  'sound-empty': 'No hay nada en esta grabación.',
  'microphone-refused': 'No hay permiso para el micrófono. Dalo en los ajustes de tu navegador.',
  'microphone-missing':
    'Aquí no se puede usar ningún micrófono. Prueba otro navegador, como Chrome o Firefox.',
  'push-unknown':
    'El mensajero de este navegador no se conoce aquí, así que no se le puede enviar nada. Usa otro navegador, o el correo.',
  'push-refused':
    'Tu navegador no lo permite. Permite los avisos para esta página en los ajustes de tu navegador.',
  'push-unable': 'Tu navegador no pudo comunicarse con su mensajero. Intenta más tarde.',
  'archive-unreadable': 'Este archivo no es un álbum de Pawpost, o le falta una parte.',
  'archive-too-large': 'Esto es más de lo que cabe en un archivo ZIP. Crea mejor la página.',
  'archive-locked': 'Esta línea de apertura no es la de este álbum. Revisa cada letra.',
} satisfies Partial<Words>

const toy = {
  'toy-missing': 'No se encontró ningún juguete. Enciéndelo y acércalo.',
  'toy-busy':
    'El juguete está conectado a otro teléfono, u ocupado. Apágalo y enciéndelo de nuevo.',
  'toy-gone': 'El juguete quedó fuera de alcance. No se perdió nada: intenta de nuevo.',
  'toy-timeout': 'El juguete no respondió. Apágalo y enciéndelo de nuevo.',
  'toy-failed': 'El juguete no recibió el mensaje. Envíalo otra vez.',
  'toy-refused': 'El juguete rechazó la conexión.',
  'bluetooth-off': 'El Bluetooth está apagado. Enciéndelo.',
  'bluetooth-missing':
    'Este navegador no puede hablar con juguetes. Usa Chrome o Edge en el teléfono que está cerca del juguete.',
  'record-refused': 'Solo la patita enciende el micrófono de un juguete. Pawpost no lo hace nunca.',
  offline: 'No hay conexión. Sale en cuanto la haya.',
  'storage-failed': 'Este dispositivo no pudo guardarlo. ¿Tiene la memoria llena?',
  'profile-busy': 'Pawpost ya está abierto en otra ventana.',
} satisfies Partial<Words>

export const errors: Words = {
  ...sent,
  ...signingIn,
  ...passwords,
  ...family,
  ...opening,
  ...toy,
}
