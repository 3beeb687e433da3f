import type { LaterWords } from '../catalogue.ts'

type Words = LaterWords['archivePage']

const readMe: Words['readMe'] = ({ family, day, count }) =>
  [
    family === '' ? 'أصوات عائلة' : `أصوات إلى ${family}`,
    `أُنشئ بواسطة Pawpost في ${day}. عدد التسجيلات: ${count}.`,
    '',
    'كل تسجيل في المجلد "voices" مقفل وحده. لفتح تسجيل يلزم شيئان: سطر الفتح الذي ظهر عند',
    'إنشاء هذا الأرشيف (يبدأ بـ AGE-SECRET وليس موجودًا هنا)، والبرنامج المجاني "age"',
    'الموجود في معظم أنظمة Linux، ويمكن الحصول عليه لأنظمة Windows وmacOS وLinux من:',
    'https://filippo.io/age',
    '',
    '1. حفظ سطر الفتح في ملف اسمه identity.txt بجانب هذا الملف.',
    '2. فتح تسجيل واحد:',
    '',
    '   age -d -i identity.txt "voices/FILE.ogg.age" > "FILE.ogg"',
    '',
    '   أو فتحها كلها، على Linux وmacOS:',
    '',
    '   for f in voices/*.age; do age -d -i identity.txt "$f" > "${f%.age}"; done',
    '',
    'الناتج ملفات ogg عادية (Opus) تشغّلها برامج VLC وFirefox وChrome.',
    'وبالطريقة نفسها يُفتح index.json.age إلى index.json، وفيه: من قال ماذا ولمن ومتى.',
    '',
    'يقبل Pawpost آخر هذا الأرشيف كما هو: الإعدادات، ثم بياناتك، ثم إحضار أرشيف.',
    'دون سطر الفتح لا يستطيع أحد فتح هذا الأرشيف، ولا حتى من صنع Pawpost.',
    '',
  ].join('\n')

export const archivePage: Words = {
  lang: 'ar',
  dir: 'rtl',
  title: (family) => (family === '' ? 'أصواتنا' : `أصوات إلى ${family}`),
  made: (day) => `أُنشئ بواسطة Pawpost في ${day}.`,
  keepSafe:
    'كل من لديه هذا الملف يمكنه الاستماع إليه. لا يحتاج إلى إنترنت ولا إلى حساب: مكانه المناسب حيث تُحفظ الصور.',
  search: 'بحث بالاسم أو الشهر',
  play: (who) => `استماع: ${who}`,
  playing: (who) => `يُسمع الآن: ${who}`,
  player: 'الصوت المسموع الآن',
  onAndOn: 'الاستماع واحدًا بعد آخر',
  found: {
    zero: 'لا أصوات',
    one: 'صوت واحد',
    two: 'صوتان',
    few: '{count} أصوات',
    many: '{count} صوتًا',
    other: '{count} صوت',
  },
  none: 'لا يوجد صوت بهذا الاسم.',
  cannotPlay:
    'هذا المتصفح لا يستطيع تشغيل هذه الأصوات. يُرجى فتح الملف في Firefox أو Chrome، أو في Safari من سنة 2025 أو أحدث.',
  noScript: 'للاستماع هنا يجب أن يسمح المتصفح لهذا الملف بتشغيل برامجه.',
  fromTo: ({ from, to }) => (to === '' ? from : `${from} إلى ${to}`),
  somebody: 'شخص ما',
  states: {
    sending: 'في الطريق',
    failed: 'لم تُرسَل',
    waiting: 'تنتظر الموافقة',
    approved: 'تمت الموافقة',
    rejected: 'لم تُمرَّر',
    'in-the-bear': 'في الدب',
    played: 'تم سماعها',
    delivered: 'وصلت',
    keepsake: 'من أرشيف سابق',
  },
  fileOf: ({ from, to }) => (to === '' ? from : `${from} إلى ${to}`),
  readMe,
}
