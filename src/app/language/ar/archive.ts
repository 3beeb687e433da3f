import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['archive']

const doors = {
  section: 'أصواتك',
  sectionSays: 'كل ما قيل هو لك. يمكنك أخذه متى أردت: لا حاجة إلى سؤال أحد.',
  toTake: 'تنزيل كل شيء',
  toBring: 'إحضار أرشيف',
  toKeepsakes: 'أصوات من الأرشيف',
  toLeave: 'مغادرة هذه العائلة',
} satisfies Partial<Words>

const taking = {
  takeTitle: 'تنزيل كل شيء',
  takeNone: 'لا يوجد تسجيل على هذا الجهاز بعد.',
  takeWhole: 'يأخذ وليّ الأمر ما قالته العائلة كلها، ويأخذ القريب ما يخصّه.',
  page: 'كصفحة واحدة للاستماع',
  pageSays:
    'ملف واحد فيه كل الأصوات والأسماء والأيام. يُفتح في أي متصفح بلا إنترنت، اليوم وبعد عشرين سنة. كل من لديه الملف يمكنه الاستماع إليه.',
  pageDo: 'إنشاء الصفحة',
  files: 'كملفات صوت مقفلة',
  filesSays:
    'كل تسجيل ملف صوت مقفل وحده، والكل في ملف ZIP واحد. ومعه سطر فتح لا يكون إلا لديك. برامج مجانية تفتحه، والطريقة مكتوبة بداخله.',
  filesDo: 'إنشاء الملفات المقفلة',
  made: 'تم إنشاء الملف.',
  working: (done, of) => `التسجيل ${done} من ${of}`,
  progress: 'مدى تقدّم الملف',
  cancel: 'إيقاف',
  stopped: 'تم الإيقاف. لم يُنشأ أي ملف.',
  pageFile: (day) => `pawpost-family-${day}.html`,
  filesFile: (day) => `pawpost-voices-${day}.zip`,
} satisfies Partial<Words>

const line = {
  lineTitle: 'سطر الفتح',
  lineSays:
    'هذا السطر يفتح الملفات المقفلة، ولا يفتحها شيء غيره. يظهر الآن فقط، ولا يحتفظ به Pawpost. يُرجى طباعته أو حفظه، في مكان غير مكان الملفات.',
  line: 'سطر الفتح',
  linePrint: 'طباعة',
  lineCopy: 'نسخ',
  lineCopied: 'تم النسخ',
  lineSave: 'حفظ كنص',
  lineFile: 'identity.txt',
  linePrinted: (file) => `هذا السطر يفتح ${file}.`,
  lineHow: 'طريقة استخدامه مكتوبة في README.txt داخل ملف ZIP.',
  lineDone: 'حفظته في مكان آمن',
  lineSure: 'هل السطر في أمان؟',
  lineSureDetail: 'دونه لا يفتح أحد هذه الملفات. ويمكنك إنشاء ملفات جديدة في أي وقت.',
  lineSureYes: 'نعم، في أمان',
} satisfies Partial<Words>

const bringing = {
  bringTitle: 'إحضار أرشيف',
  bringLead:
    'أصوات من Pawpost آخر، أو من هذا قبل مدة: يمكن اختيار الصفحة (ملف html) أو الملفات المقفلة (ملف zip).',
  bringSays:
    'تبقى منفصلة عن رسائلك، في «أصوات من الأرشيف». اسم المتكلم هو ما يقوله الأرشيف: لم تشهد هذه العائلة ذلك. ولا تصل إلى لعبة أبدًا.',
  bringFile: 'الملف',
  bringLine: 'سطر الفتح الخاص به',
  bringLineHint: 'يبدأ بـ AGE-SECRET وقد ظهر عند إنشاء الملفات.',
  bringDo: 'إحضار الأصوات',
  bringStopped: 'تم الإيقاف. ما وصل حتى الآن موجود هنا، والملف نفسه يكمل ما بقي.',
  bringOpen: 'الاستماع إليها',

  keepsakesTitle: 'أصوات من الأرشيف',
  keepsakesLead: 'اسم المتكلم هو ما يقوله الأرشيف: لم تشهد هذه العائلة ذلك.',
  keepsakesNone: 'لم يصل أي أرشيف إلى هنا بعد.',
  keepsakesMore: 'عرض المزيد',
  somebody: 'شخص ما',
  fromTo: (from, to) => (to === '' ? from : `${from} إلى ${to}`),
  drop: 'إزالة',
  dropSure: 'إزالة هذا التسجيل؟',
  dropDetail: 'يزول من كل هاتف أخذه من هنا. والملف الذي جاء منه يبقى.',
  dropYes: 'إزالة',
} satisfies Partial<Words>

const leaving = {
  leaveTitle: 'مغادرة هذه العائلة',
  leaveLead: 'يمكنك المغادرة فورًا. لا حاجة إلى موافقة أحد، ولا أحد يستطيع حجب أصواتك عنك.',
  staysTitle: 'ماذا يبقى وأين',
  stays: [
    'ما وصلك يبقى على هذا الهاتف حتى مسحه.',
    'ما قلته يبقى عند من وصل إليه.',
    'حسابك يبقى حتى حذفه من «بياناتك».',
  ],
  first: 'أولًا، أخذ كل شيء',
  firstSays: 'عندها يكون لديك، مهما حدث لهذا الهاتف.',
  leaveDo: 'المغادرة الآن',
  leaveSure: 'مغادرة هذه العائلة الآن؟',
  leaveDetail: 'لن يصلك جديد. والعودة تحتاج إلى دعوة جديدة من أحدهم.',
  leaveYes: 'مغادرة العائلة',

  anewTitle: 'عند الخلاف: بداية جديدة',
  anewSays: 'لا يستطيع وليّ أمر وحده إخراج وليّ أمر آخر. ومن أراد أن يتابع وحده يمكنه أخذ كل شيء:',
  anewSteps: [
    'تنزيل كل شيء، كما في الأعلى.',
    'مغادرة هذه العائلة. يتابع الآخرون فيها، ويحتفظون بما لديهم.',
    'مسح Pawpost على هذا الهاتف، وبدء عائلة جديدة لك.',
    'إحضار الأرشيف إليها من «بياناتك».',
    'إطفاء اللعبة ثم تشغيلها، ثم الاتصال بها من العائلة الجديدة. ستبقى تعمل.',
  ],
} satisfies Partial<Words>

const ending = {
  endTitle: 'إنهاء هذه العائلة للجميع',
  endSays:
    'لا يوجد فيها وليّ أمر غيرك. عند إنهائها يحذف الخادم كل ما لديه منها، وما يفتحه. ولن يستطيع أحد إعادته. وما وصل إلى الآخرين يبقى على هواتفهم، ويصلهم خبر بذلك.',
  endOthers:
    'يوجد فيها وليّ أمر غيرك. من يوافق على إنهاء العائلة يغادرها، ثم يستطيع وليّ الأمر الأخير إنهاءها للجميع.',
  endDo: 'إنهاء العائلة',
  endSure: 'إنهاء هذه العائلة إلى الأبد؟',
  endDetail: 'يُحذف كل ما لدى الخادم منها، للجميع. هل أخذته معك؟',
  endYes: 'إنهاء إلى الأبد',

  receiptTitle: 'انتهت العائلة',
  receiptSays: (day) => `في ${day} حذف الخادم كل ما كان لديه من هذه العائلة، ووقّع على أنه فعل ذلك.`,
  receiptSave: 'حفظ الإيصال',
  receiptFile: 'pawpost-family-deletion.json',
} satisfies Partial<Words>

const counted = (plural: Plural): Pick<Words, 'takeLead' | 'bringing' | 'brought'> => ({
  takeLead: (count) =>
    plural(count, {
      zero: 'لا تسجيلات على هذا الجهاز.',
      one: 'يوجد على هذا الجهاز تسجيل واحد، باسمه ويومه.',
      two: 'يوجد على هذا الجهاز تسجيلان، باسميهما ويوميهما.',
      few: `يوجد على هذا الجهاز ${count} تسجيلات، بأسمائها وأيامها.`,
      many: `يوجد على هذا الجهاز ${count} تسجيلًا، بأسمائها وأيامها.`,
      other: `يوجد على هذا الجهاز ${count} تسجيل، بأسمائها وأيامها.`,
    }),
  bringing: (count) =>
    plural(count, {
      zero: 'لا تسجيلات حتى الآن',
      one: 'تسجيل واحد حتى الآن',
      two: 'تسجيلان حتى الآن',
      few: `${count} تسجيلات حتى الآن`,
      many: `${count} تسجيلًا حتى الآن`,
      other: `${count} تسجيل حتى الآن`,
    }),
  brought: (count) =>
    plural(count, {
      zero: 'لا تسجيلات جديدة هنا.',
      one: 'تسجيل واحد جديد هنا.',
      two: 'تسجيلان جديدان هنا.',
      few: `${count} تسجيلات جديدة هنا.`,
      many: `${count} تسجيلًا جديدًا هنا.`,
      other: `${count} تسجيل جديد هنا.`,
    }),
})

const rest = (plural: Plural): Pick<Words, 'broughtKnown' | 'receiptCount'> => ({
  broughtKnown: (count) =>
    plural(count, {
      zero: 'لم يكن شيء منها هنا.',
      one: 'واحد منها كان هنا من قبل.',
      two: 'اثنان منها كانا هنا من قبل.',
      few: `${count} منها كانت هنا من قبل.`,
      many: `${count} منها كانت هنا من قبل.`,
      other: `${count} منها كانت هنا من قبل.`,
    }),
  receiptCount: (rows) =>
    plural(rows, {
      zero: 'لم يُحذف أي قيد.',
      one: 'حُذف قيد واحد.',
      two: 'حُذف قيدان.',
      few: `حُذفت ${rows} قيود.`,
      many: `حُذف ${rows} قيدًا.`,
      other: `حُذف ${rows} قيد.`,
    }),
})

export const archive = (plural: Plural): Words => ({
  ...doors,
  ...taking,
  ...line,
  ...bringing,
  ...leaving,
  ...ending,
  ...counted(plural),
  ...rest(plural),
})
