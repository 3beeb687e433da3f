import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

const buttons = {
  start: 'تسجيل',
  stop: 'إيقاف',
  done: 'تم',
  pause: 'إيقاف مؤقت',
  goOn: 'متابعة',
  cancel: 'حذف',
} satisfies Partial<LaterWords['recording']>

const said = {
  idle: 'لمسة للبدء ولمسة أخرى للإيقاف. أو ضغط مستمر طوال الكلام.',
  holding: 'رفع الإصبع للإيقاف. السحب إلى السلة للحذف، وإلى القفل للمتابعة دون إصبع.',
  ready: 'جاهز',
  on: 'جارٍ التسجيل',
  locked: 'يمكنك رفع الإصبع. لمسة أخرى للإيقاف.',
  paused: 'إيقاف مؤقت',
  pausedHint: 'لا يُسمع شيء الآن.',
  starting: 'جارٍ تشغيل الميكروفون…',
  started: 'بدأ التسجيل.',
  pausedNow: 'إيقاف مؤقت. لا يُسمع شيء الآن.',
  goesOn: 'عاد التسجيل.',
  stopped: 'توقف التسجيل.',
  canceled: 'تم الحذف.',
  tooShort: 'كان ذلك قصيرًا جدًا. لم يُسجَّل شيء.',
  notReady: 'لم يكن الميكروفون جاهزًا بعد. يُرجى الضغط مرة أخرى.',
  left: 'غادرت هذه الصفحة فتوقف التسجيل. ما قلته محفوظ.',
  taken: 'انقطع الميكروفون فتوقف التسجيل. ما قلته محفوظ.',
  interrupted: 'انقطع هذا التسجيل. قد تنقص الثواني الأخيرة.',
  interruptedFor: (name) => `انقطع تسجيل إلى ${name}. ما قلته حتى ذلك الوقت محفوظ.`,
  busy: 'شيء آخر يحتاج إلى الميكروفون. ما قلته محفوظ: المتابعة ممكنة في أي وقت.',
  ended: 'انتهى الوقت. تسجيلك محفوظ.',
} satisfies Partial<LaterWords['recording']>

export const recording = (plural: Plural): LaterWords['recording'] => ({
  ...buttons,
  ...said,
  secondsLeft: (seconds) =>
    plural(seconds, {
      zero: 'لم يبقَ وقت',
      one: 'بقيت ثانية واحدة',
      two: 'بقيت ثانيتان',
      few: `بقيت ${seconds} ثوانٍ`,
      many: `بقيت ${seconds} ثانية`,
      other: `بقيت ${seconds} ثانية`,
    }),
})

const secondsOf = (plural: Plural, seconds: number): string =>
  plural(seconds, {
    zero: '0 ثانية',
    one: 'ثانية واحدة',
    two: 'ثانيتان',
    few: `${seconds} ثوانٍ`,
    many: `${seconds} ثانية`,
    other: `${seconds} ثانية`,
  })

const minutesOf = (plural: Plural, minutes: number): string =>
  plural(minutes, {
    zero: '0 دقيقة',
    one: 'دقيقة واحدة',
    two: 'دقيقتان',
    few: `${minutes} دقائق`,
    many: `${minutes} دقيقة`,
    other: `${minutes} دقيقة`,
  })

export const playing = (plural: Plural): LaterWords['playing'] => ({
  play: (who) => `استماع: ${who}`,
  pause: (who) => `إيقاف مؤقت: ${who}`,
  position: 'الموضع',
  at: (time, length) => `${time} من ${length}`,
  minutesAndSeconds: (minutes, seconds) => {
    const rest = secondsOf(plural, seconds)
    return minutes === 0 ? rest : `${minutesOf(plural, minutes)} و${rest}`
  },
  speed: 'السرعة',
  factor: (factor) => `${factor}×`,
  next: 'ثم الاستماع إلى التالي',
  loading: 'جارٍ التجهيز…',
  waiting: 'لحظة واحدة…',
  lockScreen: 'رسالة صوتية',
  app: 'Pawpost',
})
