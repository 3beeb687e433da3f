import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['child']

const handOver: Words['handOver'] = {
  link: 'تسليم الجهاز إلى الطفل',
  title: (child) => `بين يدي ${child}`,
  lead: (child) =>
    `شاشة من الصور بين يدي ${child}: أصوات للاستماع، وكفّ للجواب، وأغاني نوم، وقصص، ولعبة. لا شيء فيها يحتاج إلى قراءة.`,
  stays:
    'يبقى باقي Pawpost مغلقًا حتى عودة الجهاز إليك. يكفي الضغط على القفل الصغير في الزاوية وكتابة أربعة أرقام.',
  pin: 'يمكن للهواتف تثبيت تطبيق على الشاشة كي لا يصل الطفل إلى مكان آخر: يُرجى البحث في الإعدادات عن «تثبيت التطبيق» (Android) أو «الوصول الموجه» (iPhone).',
  go: 'تسليم',
  goTo: (child) => `تسليم الجهاز إلى ${child}`,
  codeTitle: 'كيف يعود إليك',
  words: 'يطلب Pawpost أربعة أرقام يعرضها بالكلمات. فلا يكتبها طفل لا يقرأ بعد.',
  ownCode: 'تُكتب أرقامك الأربعة الخاصة.',
  ownHint: 'هل يعرف طفلك القراءة؟ يمكنك اختيار أربعة أرقام خاصة بك. دون تاريخ ميلاد.',
  code: 'أرقامك الأربعة',
  setCode: 'استخدام هذه الأرقام',
  codeSet: 'من الآن تفتح أرقامك الخاصة القفل.',
  dropCode: 'العودة إلى الأرقام بالكلمات',
  shelfTitle: 'رفّ القصص',
  shelfSays: 'يمكن تسجيل شخص يحكي قصة، أو الاختيار مما أُرسل. تبقى القصة على الرفّ.',
  shelf: 'اختيار قصص',
}

const shelf = (plural: Plural): Words['shelf'] => ({
  title: 'اختيار قصص',
  lead: 'ما يوضع على الرفّ يستطيع الطفل سماعه مرارًا على هذا الجهاز.',
  none: 'لا شيء يمكن وضعه على الرفّ بعد. يمكن وضع كل ما أُرسل وتمت الموافقة عليه.',
  put: 'وضع على الرفّ',
  off: 'إزالة من الرفّ',
  there: 'على الرفّ',
  seconds: (seconds) =>
    plural(seconds, {
      zero: 'أقل من ثانية',
      one: 'ثانية واحدة',
      two: 'ثانيتان',
      few: `${seconds} ثوانٍ`,
      many: `${seconds} ثانية`,
      other: `${seconds} ثانية`,
    }),
})

const gate = (plural: Plural): Words['gate'] => ({
  title: 'للكبار',
  words: 'يُرجى كتابة هذه الأرقام الأربعة:',
  own: 'يُرجى كتابة أرقامك الأربعة',
  digits: ['صفر', 'واحد', 'اثنان', 'ثلاثة', 'أربعة', 'خمسة', 'ستة', 'سبعة', 'ثمانية', 'تسعة'],
  label: 'أربعة أرقام',
  open: 'فتح',
  wrong: 'ليست هذه. يُرجى النظر إلى الأرقام مرة أخرى.',
  wrongOwn: 'هذه ليست أرقامك.',
  wait: (seconds) =>
    plural(seconds, {
      zero: 'يُرجى الانتظار لحظة.',
      one: 'يُرجى الانتظار ثانية واحدة.',
      two: 'يُرجى الانتظار ثانيتين.',
      few: `يُرجى الانتظار ${seconds} ثوانٍ.`,
      many: `يُرجى الانتظار ${seconds} ثانية.`,
      other: `يُرجى الانتظار ${seconds} ثانية.`,
    }),
  forgot: 'نسيت أرقامي',
  forgotSays: 'كلمة مرورك تفتحه أيضًا. يحتاج ذلك إلى اتصال.',
  password: 'كلمة المرور',
})

const voices = {
  title: 'أصوات لك',
  night: 'وقت النوم',
  adults: 'للكبار',
  back: 'العودة إلى البداية',
  speaker: (name, animal) => `${name}، ${animal}`,
  fresh: (who) => `${who}: شيء جديد`,
  nobody: 'الدب',
  more: 'أصدقاء آخرون',
  animals: ['الثعلب', 'الأرنب', 'البومة', 'القطة', 'الأسد', 'الضفدع', 'الباندا', 'الفيل'],
  bear: 'الدب',
  hear: (place, count) => `سماع الرسالة ${place} من ${count}`,
  hearNew: (place, count) => `سماع الرسالة ${place} من ${count}، جديدة`,
  stop: 'توقف',
  answer: 'للكلام',
  listening: 'الآن وقت الكلام. ضغطة للتوقف.',
  playedBack: 'هذا ما قلته.',
  sent: 'تم الإرسال.',
  noMicrophone: 'لا يمكن استخدام الميكروفون. يمكن لشخص كبير المساعدة.',
  notHeard: 'لا يمكن سماعها الآن. يمكن لشخص كبير المساعدة.',
} satisfies Partial<Words['screen']>

const rooms = {
  lullabies: 'أغاني النوم',
  tunes: { cradle: 'أغنية المهد', star: 'نجمة صغيرة تلمع', moon: 'على ضوء القمر' },
  louder: 'مستوى الصوت',
  soft: 'خافت',
  middle: 'متوسط',
  loud: 'عالٍ',
  stories: 'قصص',
  noStories: 'لا قصص بعد',
  story: (place, name) => `القصة ${place}، بصوت ${name}`,
  somebody: 'شخص ما',
  pause: 'إيقاف مؤقت',
  goOn: 'متابعة',
  progress: 'أين وصلت القصة',
  game: 'لعبة الكفوف',
  paws: ['الكفّ العليا اليسرى', 'الكفّ العليا اليمنى', 'الكفّ السفلى اليسرى', 'الكفّ السفلى اليمنى'],
  watch: 'وقت الاستماع إلى الكفوف.',
  yourTurn: 'دورك الآن.',
  again: 'استماع مرة أخرى.',
  feast: 'أحسنت!',
  begin: 'بدء',
  copied: 'أخذ شخص كبير نسخة من الأصوات.',
} satisfies Partial<Words['screen']>

const counted = (plural: Plural): Pick<Words['screen'], 'minutes' | 'sings'> => ({
  minutes: (minutes) =>
    plural(minutes, {
      zero: '0 دقيقة',
      one: 'دقيقة واحدة',
      two: 'دقيقتان',
      few: `${minutes} دقائق`,
      many: `${minutes} دقيقة`,
      other: `${minutes} دقيقة`,
    }),
  sings: (minutes) =>
    plural(minutes, {
      zero: 'تُعزف الآن.',
      one: 'تُعزف مدة دقيقة واحدة.',
      two: 'تُعزف مدة دقيقتين.',
      few: `تُعزف مدة ${minutes} دقائق.`,
      many: `تُعزف مدة ${minutes} دقيقة.`,
      other: `تُعزف مدة ${minutes} دقيقة.`,
    }),
})

export const child = (plural: Plural): Words => ({
  handOver,
  shelf: shelf(plural),
  gate: gate(plural),
  screen: { ...voices, ...rooms, ...counted(plural) },
})
