import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['messages']

const home = {
  title: (names) => `رسائل إلى ${names}`,
  waiting: 'في انتظارك',
  waitingHint: (child) => `الاستماع أولًا. وما تتم الموافقة عليه يمكن أن يصل إلى لعبة ${child}.`,
  alone: 'لا أحد هنا غيرك حتى الآن. يمكنك دعوة شخص يحب الطفل.',
  say: 'كلمة منك',
  toChild: (child) => `إلى ${child}`,
  answer: (child) => `جواب ${child}`,
  childsAnswer: 'جواب طفل',
  toPerson: 'إلى شخص',
  newest: 'الأحدث',
  all: 'كل الرسائل',
  allCount: (count) => `كل الرسائل (${count})`,
  none: 'لا توجد رسائل بعد.',
  noneHint: 'ما يُقال يُحفظ هنا، ما دامت هذه رغبة عائلتك.',
  noneMine: 'لا شيء هنا بعد. كل ما يصلك، وكل ما قلته، يأتي إلى هنا.',
  noneChild: (child) => `لا شيء بعد من ${child} أو إلى ${child}.`,
  noneFound: 'لا شيء هنا يطابق ذلك.',
  showAll: 'عرض الكل',
  thread: 'أنت والدب',
  draft: (name) => `يوجد تسجيل إلى ${name} لم يُرسَل بعد.`,
  draftOpen: 'عرض',
} satisfies Partial<Words>

const judging = {
  approve: 'موافقة',
  reject: 'ليست هذه',
  rejectSure: 'عدم تمرير هذه الرسالة؟',
  rejectDetail: (name) => `سيظهر عند ${name} أنها لم تُمرَّر.`,
  rejectYes: 'عدم التمرير',
  approved: 'تمت الموافقة.',
  rejected: 'لم تُمرَّر.',
  toToy: 'إرسال إلى اللعبة',
  retry: 'محاولة جديدة',
  discard: 'حذف',
  discardSure: 'حذف هذا التسجيل؟',
  discardDetail: 'لم يُرسَل إلى أحد.',
} satisfies Partial<Words>

const row = {
  play: (who) => `استماع: ${who}`,
  pause: (who) => `إيقاف مؤقت: ${who}`,
  position: 'الموضع',
  speed: (factor) => `السرعة ${factor}`,
  fresh: 'جديدة',
  saved: 'محفوظة',
  you: 'أنت',
  fromTo: (from, to) => `${from} إلى ${to}`,
  today: (time) => `اليوم ${time}`,
  yesterday: (time) => `أمس ${time}`,
  length: (length) => `المدة ${length}`,
  answers: (name, when) => `ردًا على ${name}، ${when}`,
  answersYou: (when) => `ردًا عليك، ${when}`,
} satisfies Partial<Words>

const list = {
  whose: 'رسائل مَن؟',
  mine: 'رسائلي',
  child: 'الطفل',
  filters: 'عرض فقط',
  filter: {
    all: 'الكل',
    new: 'جديدة',
    waiting: 'في الانتظار',
    approved: 'تمت الموافقة',
    inTheBear: 'في الدب',
    played: 'تم سماعها',
    saved: 'محفوظة',
  },
  count: (label, count) => `${label} (${count})`,
  find: 'بحث بالاسم',
  month: 'الانتقال إلى شهر',
} satisfies Partial<Words>

const counted = (
  plural: Plural,
): Pick<Words, 'moreWaiting' | 'freshCount' | 'seconds' | 'shown'> => ({
  moreWaiting: (count) =>
    plural(count, {
      zero: 'لا رسائل أخرى في انتظارك',
      one: 'رسالة أخرى في انتظارك',
      two: 'رسالتان أخريان في انتظارك',
      few: `${count} رسائل أخرى في انتظارك`,
      many: `${count} رسالة أخرى في انتظارك`,
      other: `${count} رسالة أخرى في انتظارك`,
    }),
  freshCount: (count) =>
    plural(count, {
      zero: 'لا جديد',
      one: 'رسالة جديدة',
      two: 'رسالتان جديدتان',
      few: `${count} رسائل جديدة`,
      many: `${count} رسالة جديدة`,
      other: `${count} رسالة جديدة`,
    }),
  seconds: (seconds) =>
    plural(seconds, {
      zero: 'أقل من ثانية',
      one: 'ثانية واحدة',
      two: 'ثانيتان',
      few: `${seconds} ثوانٍ`,
      many: `${seconds} ثانية`,
      other: `${seconds} ثانية`,
    }),
  shown: (count) =>
    plural(count, {
      zero: 'لا رسائل معروضة.',
      one: 'رسالة واحدة معروضة.',
      two: 'رسالتان معروضتان.',
      few: `${count} رسائل معروضة.`,
      many: `${count} رسالة معروضة.`,
      other: `${count} رسالة معروضة.`,
    }),
})

export const messages = (plural: Plural): Words => ({
  ...home,
  ...judging,
  ...row,
  ...list,
  ...counted(plural),
})

export const deeds: LaterWords['deeds'] = {
  more: 'المزيد',
  moreFor: (who, when) => `المزيد: ${who}، ${when}`,
  reply: 'رد',
  replyAs: (child) => `تسجيل جواب ${child}`,
  passOn: 'تمرير إلى…',
  passOnTitle: 'تمرير إلى من؟',
  passOnHint: 'تصل كما قيلت تمامًا.',
  passOnYes: 'تمرير',
  passedOn: (names) => `تم التمرير إلى ${names}.`,
  save: 'حفظ',
  saveHint: 'تبقى حتى بعد ذهاب الرسائل القديمة.',
  saved: 'تم الحفظ.',
  letGo: 'إلغاء الحفظ',
  letGoDone: 'أُلغي الحفظ. تبقى ما دامت الرسائل الأخرى باقية.',
  approve: 'موافقة رغم ذلك',
  withdraw: 'سحب الموافقة',
  withdrawn: 'سُحبت الموافقة. الرسالة في انتظارك من جديد.',
  hide: 'حذف عندي',
  hideHint: 'تبقى عند الآخرين.',
  hidden: 'حُذفت عندك.',
  undo: 'تراجع',
  undone: 'عادت.',
  erase: 'حذف عند الجميع',
  eraseSure: 'حذفها عند الجميع؟',
  eraseWith: (names) => `لن تبقى عندك ولا عند ${names}. لا يمكن التراجع عن ذلك.`,
  eraseWithToy: (names) => `لن تبقى عندك ولا في اللعبة ولا عند ${names}. لا يمكن التراجع عن ذلك.`,
  eraseAlone: 'لن تبقى عندك، على أي من هواتفك. لا يمكن التراجع عن ذلك.',
  eraseYes: 'حذف عند الجميع',
  erased: 'حُذفت عند الجميع.',
}

export const states: LaterWords['states'] = {
  sending: 'تُرسَل عند عودة الاتصال',
  failed: 'تعذّر إرسالها',
  waitingForYou: 'في انتظارك',
  waitingForParents: 'الأهل يستمعون أولًا',
  approved: 'تمت الموافقة، ليست في الدب بعد',
  rejected: 'لم تُمرَّر',
  inTheBear: 'في الدب',
  played: 'تم سماعها',
  arrived: 'وصلت',
}

export const addressing: LaterWords['addressing'] = {
  whom: 'إلى من؟',
  forWhom: 'لمن؟',
  whose: 'صوت مَن هذا؟',
  children: 'الأطفال',
  people: 'الأشخاص',
  go: 'متابعة',
  nobody: 'يجب تحديد واحد على الأقل.',
  noPeople: 'لا أحد غيرك هنا بعد. يمكنك دعوة شخص أولًا.',
  noChild: 'لا يوجد طفل هنا.',
  forNames: (names) => `تسجيل إلى ${names}`,
  answerFor: (child, names) => `جواب ${child} إلى ${names}`,
  parents: 'الأهل',
  toParents: 'كلمة إلى الأهل',
  answerHint: 'الأفضل أن يكون الهاتف قريبًا من الطفل واللعبة.',
  answered: 'الرسالة التي يردّ عليها',
}
