import type { FirstWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = FirstWords['texts']

export const app: Words['app'] = {
  name: 'Pawpost',
  opening: 'لحظة من فضلك…',
  moment: 'لحظة واحدة…',
  back: 'رجوع',
  show: 'إظهار',
  showPassword: 'كلمة المرور',
  no: 'لا، رجوع',
  close: 'إغلاق',
  retry: 'محاولة جديدة',
  reload: 'تحميل من جديد',
  skip: 'الانتقال إلى المحتوى',
  code: 'رمز لمن يقدّم المساعدة:',
  notLoaded: 'تعذّر تحميل هذا الجزء من Pawpost. هل يوجد اتصال بالإنترنت؟',
  menu: 'القائمة الرئيسية',
  offline: 'لا يوجد اتصال الآن. كل تسجيل جديد محفوظ هنا ويُرسَل لاحقًا.',
}

export const busy: Words['busy'] = {
  title: 'مفتوح في نافذة أخرى',
  says: 'Pawpost مفتوح الآن في نافذة أخرى من هذا المتصفح، وهو يعمل في نافذة واحدة فقط.',
  takeOver: 'المتابعة هنا',
}

export const failed: Words['failed'] = {
  title: 'تعذّر تشغيل Pawpost',
  insecure:
    'هذا العنوان غير محميّ لأنه يبدأ بـ http. يحتاج Pawpost إلى عنوان يبدأ بـ https. يُرجى سؤال من يدير الخدمة عنه.',
}

export const menu: Words['menu'] = {
  messages: 'الرسائل',
  family: 'العائلة',
  toy: 'اللعبة',
  settings: 'الإعدادات',
}

export const refused = (plural: Plural): Words['refused'] => ({
  title: 'ما تم رفضه',
  settings: 'ما تم رفضه',
  settingsSays: 'يفحص Pawpost كل ما يصل إليه. وما لم يثق به مذكور هنا.',
  open: 'عرض القائمة',
  none: 'لم يُرفَض شيء حتى الآن. كل ما وصل إلى هذا الجهاز جاء من عائلتك.',
  lead: 'وصل إلى هذا الجهاز شيء لا يخصّ عائلتك فلم يثق به: لم يدخل أحد بسببه، ولن يُشغَّل شيء منه.',
  what: 'ربما ضاع شيء أو اختلط في الطريق، أو أن شخصًا ما يحاول الدخول. إذا تكرّر ذلك، يُرجى الاتصال ببقية العائلة، وإعطاء هذه الرموز لمن يدير خدمة Pawpost هذه.',
  aMessage: 'رسالة وُضعت جانبًا',
  aChange: 'تغيير في العائلة لم يتم الوثوق به',
  aRollBack: 'عاد الخادم إلى حالة قديمة',
  fewer: (shown, known) =>
    `عرض الخادم ${shown} من أصل ${known} من القيود التي يعرفها هذا الجهاز: إما أنه أُعيد إلى يوم سابق، أو أنه غير أمين. لم يضع شيء هنا، وهذا الجهاز يعيد إليه ما يستطيع.`,
  when: (day, times) =>
    plural(times, {
      zero: day,
      one: day,
      two: `${day}، مرتان حتى الآن`,
      few: `${day}، ${times} مرات حتى الآن`,
      many: `${day}، ${times} مرة حتى الآن`,
      other: `${day}، ${times} مرة حتى الآن`,
    }),
  number: 'رقم الرسالة:',
  banner: 'رفض Pawpost شيئًا',
  bannerSays: 'وصل إليه شيء لا يخصّ عائلتك، فلم يثق به.',
  look: 'عرض',
})

export const settings: Words['settings'] = {
  title: 'الإعدادات',
  account: 'حسابك',
  checkUp: 'هل كل شيء بأمان؟',
  signingIn: 'تسجيل الدخول',
  password: 'تغيير كلمة المرور',
  sessions: 'أماكن تسجيل الدخول',
  data: 'بياناتك',
  guide: 'كيف يبقى آمنًا',
  language: 'اللغة',
  storage: 'المحفوظ على هذا الجهاز',
  persistent: 'يحتفظ هذا المتصفح برسائلك إلى أن يتم حذفها.',
  fleeting:
    'قد يمحو هذا المتصفح رسائلك عندما تمتلئ ذاكرته، أو بعد أسابيع دون زيارة. إضافة Pawpost إلى الشاشة الرئيسية تساعد على حفظها.',
  ask: 'طلب الاحتفاظ بها',
  signOut: 'تسجيل الخروج',
  signOutSure: 'تسجيل الخروج؟',
  signOutDetail: 'لن يُحذف شيء. للمتابعة يكفي تسجيل الدخول من جديد على هذا الجهاز.',
  signOutYes: 'تسجيل الخروج',
  safety: 'من يمكنه الاستماع',
  safetySays:
    'تُقفَل التسجيلات على جهازك قبل أن تغادره. أفراد عائلتك وحدهم يمكنهم فتحها. نحن لا نستطيع.',
}
