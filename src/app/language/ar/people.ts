import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

const list = {
  children: 'الأطفال',
  addChild: 'إضافة طفل',
  people: 'الأشخاص',
  rules: 'القواعد',
  trusted: 'دون حاجة إلى موافقة',
  paused: 'في استراحة',
  you: 'أنت',
  onlyFor: (names) => `مع ${names} فقط`,
  forNobody: 'ليس لأي طفل',
  relations: {
    mother: 'أم',
    father: 'أب',
    grandmother: 'جدة',
    grandfather: 'جد',
    aunt: 'عمة أو خالة',
    uncle: 'عم أو خال',
    cousin: 'من أولاد العم أو الخال',
    other: 'شخص آخر',
  },
  relation: 'ما صلة هذا الشخص بالطفل؟',
  unsaid: 'غير محدد',
} satisfies Partial<LaterWords['people']>

const person = {
  name: 'ماذا يناديه الطفل',
  ownName: 'ماذا يناديك الطفل',
  save: 'حفظ',
  saved: 'تم الحفظ.',
  whom: 'إلى مَن يمكنه إرسال الرسائل؟',
  whomHint: 'لن يعرف شيئًا عن طفل غير محدد هنا.',
  trust: 'رسائل هذا الشخص لا تحتاج إلى موافقة',
  trustHint: 'ما يقوله يصل إلى اللعبة دون أن يستمع وليّ أمر أولًا.',
  trustAsks: 'يُسأل بقية أولياء الأمر أيضًا. ويصبح ذلك ساريًا عندما يوافق عدد كافٍ منكم.',
  asked: 'سُئل الآخرون الآن. ويصبح ذلك ساريًا عندما يوافق عدد كافٍ منكم.',
  askedAlready: 'سُئل الآخرون من قبل. يظهر الجواب في «العائلة».',
  breakTitle: 'استراحة',
  breakSays: (name) => `خلال استراحة ${name} لا يمكن إرسال جديد إلى الطفل. وما قيل يبقى.`,
  pause: 'بدء استراحة',
  isPaused: (name) => `بدأت استراحة ${name}.`,
  goOn: 'إنهاء الاستراحة',
  phones: 'هواتف هذا الشخص',
  noPhones: 'لا يوجد أي هاتف.',
  lastPhone: 'هو هاتف وحيد: لإنهائه يجب إخراج الشخص نفسه.',
  endPhone: 'إنهاء هذا الهاتف',
  endPhoneSure: 'إنهاء هذا الهاتف؟',
  endPhoneDetail: 'لن يصله جديد بعد الآن، ولن يُرسَل منه شيء. الهواتف الأخرى تستمر.',
  endPhoneYes: 'إنهاء',
} satisfies Partial<LaterWords['people']>

const going = {
  away: 'إخراج',
  remove: (name) => `إخراج ${name}`,
  removeSays: (name) =>
    `يبدأ خروج ${name} فورًا: لا جديد يصل بعد ذلك، ولا إرسال. وما وصل من قبل يبقى عند ${name}، ولا أحد يستطيع استعادته.`,
  removeSure: (name) => `إخراج ${name} الآن؟`,
  removeYes: 'إخراج',
  removed: (name) => `تم إخراج ${name}.`,
  guardianAway: 'عندما يجب أن يغادر أحدكم',
  guardianAwaySays: (name) =>
    `لا يستطيع وليّ أمر وحده إخراج وليّ أمر آخر. توجد طريقتان، وفي كلتيهما يصل الخبر إلى ${name}.`,
  byVotes: 'سؤال الآخرين',
  byVotesSays: 'إذا وافق عدد كافٍ من بقية أولياء الأمر، يحدث ذلك فورًا.',
  byVotesSure: (name) => `سؤال الآخرين عن إخراج ${name}؟`,
  byVotesYes: 'سؤالهم',
  byVotesNot: (name) =>
    `لا يستطيع الآخرون تقرير ذلك: وجود ${name} هنا أقدم من كثيرين منكم. الطريقة الأخرى متاحة.`,
  byNotice: 'الإعلان عن ذلك',
  byNoticeSays: (name) =>
    `يصل الخبر إلى ${name} فورًا. بعد 72 ساعة يمكن لأي وليّ أمر تنفيذ ذلك. وحتى ذلك الوقت يبقى كل شيء مسموعًا عند ${name} كالسابق، مع إمكانية أخذ كل الأصوات. ويمكنك سحب الإعلان.`,
  byNoticeSure: (name) => `الإعلان عن خروج ${name}؟`,
  byNoticeYes: 'إعلان',
  announcedAlready: 'تم الإعلان من قبل. يظهر موعد سريانه في «العائلة».',
  onBreak: 'عائلتك في استراحة قصيرة من الرسائل الجديدة.',
  onBreakHint: 'ما قيل يبقى هنا. وعند انتهاء الاستراحة يعود الزر. والمكالمة لطيفة في كل وقت.',
  aboutMe: 'عني',
  aboutMeSays: 'صورتك كما تراها عائلتك.',
  leave: 'مغادرة هذه العائلة',
  leaveSays: 'يمكنك المغادرة في أي وقت، فورًا، وأخذ ما وصلك معك.',
} satisfies Partial<LaterWords['people']>

export const people: LaterWords['people'] = { ...list, ...person, ...going }

export const picture: LaterWords['picture'] = {
  title: 'الصورة',
  choose: 'اختيار صورة أو التقاطها',
  other: 'اختيار صورة أخرى',
  remove: 'إزالة الصورة',
  hint: 'تُقَصّ مربعة وتُصغَّر على هذا الجهاز. ويُزال منها أيضًا مكان التقاطها ووقته. لا يراها إلا عائلتك.',
  done: 'تم اختيار الصورة.',
  unreadable: 'لا يمكن قراءة هذه الصورة. يُرجى تجربة صورة أخرى.',
}

const agreeing = {
  title: 'موافقتك مطلوبة',
  othersTitle: 'سؤال الآخرين',
  asks: (name) => `طلب موافقة منك، من ${name}:`,
  asksOthers: (name) => `طلب موافقة من الآخرين، من ${name}:`,
  youAsked: 'طلبك موافقة الآخرين:',
  about: (name) => `سؤال للآخرين عنك، من ${name}:`,
  agree: 'أوافق',
  later: 'ليس الآن',
  agreed: 'سُجّلت موافقتك.',
  until: (day) => `يمكن الموافقة حتى ${day}.`,
} satisfies Partial<LaterWords['asking']>

const standing = {
  standsTitle: 'على شخص أن يغادر',
  mineTitle: (name) => `إعلان منك عن خروج ${name}`,
  meTitle: (name) => `إعلان من ${name} عن خروجك`,
  otherTitle: (by, name) => `إعلان من ${by} عن خروج ${name}`,
  from: (moment) => `يمكن تنفيذه ابتداءً من ${moment}.`,
  meUntil: (moment) =>
    `حتى ${moment} يمكنك سماع كل شيء كالسابق. ويمكنك أخذ كل الأصوات والاحتفاظ بها.`,
  meAfter: 'يمكن تنفيذه الآن. ويمكنك أخذ كل الأصوات والاحتفاظ بها.',
  now: 'انتهت الساعات الـ72: يمكن تنفيذه الآن.',
  takeBack: 'سحب الإعلان',
  carryOut: 'تنفيذ الآن',
  carryOutSure: (name) => `إخراج ${name} الآن؟`,
  carryOutDetail: 'يحدث ذلك فورًا. وما وصل من قبل يبقى حيث هو.',
  carryOutYes: 'إخراج',
  takeAlong: 'أخذ الأصوات',
} satisfies Partial<LaterWords['asking']>

const wants = (plural: Plural): LaterWords['asking']['wants'] => ({
  remove: (name) => `خروج ${name} من العائلة فورًا.`,
  removeMe: 'خروجك من العائلة فورًا.',
  suite: 'استخدام أحدث حماية في العائلة.',
  trust: (name) => `لا حاجة إلى موافقة على رسائل ${name}.`,
  distrust: (name) => `العودة إلى الموافقة على رسائل ${name}.`,
  approval: 'يستمع وليّ أمر أولًا إلى ما يقوله الأقارب.',
  noApproval: 'لا شيء يحتاج إلى موافقة قبل وصوله إلى اللعبة.',
  keep: (days) =>
    plural(days, {
      zero: 'لا تُحفظ الرسائل.',
      one: 'تُحفظ الرسائل يومًا واحدًا.',
      two: 'تُحفظ الرسائل يومين.',
      few: `تُحفظ الرسائل ${days} أيام.`,
      many: `تُحفظ الرسائل ${days} يومًا.`,
      other: `تُحفظ الرسائل ${days} يوم.`,
    }),
  forEver: 'تُحفظ الرسائل إلى الأبد.',
  nothing: 'يبقى كل شيء كما هو.',
})

export const asking = (plural: Plural): LaterWords['asking'] => ({
  ...agreeing,
  ...standing,
  wants: wants(plural),
  waits: (missing) =>
    plural(missing, {
      zero: 'اكتملت الموافقات.',
      one: 'بقيت موافقة واحدة.',
      two: 'بقيت موافقتان.',
      few: `بقيت ${missing} موافقات.`,
      many: `بقيت ${missing} موافقة.`,
      other: `بقيت ${missing} موافقة.`,
    }),
})
