import type { FirstWords } from '../catalogue.ts'

type Words = FirstWords['texts']

export const record: Words['record'] = {
  answerFor: (child, name) => `جواب ${child} إلى ${name}`,
  answerHint: 'الأفضل أن يكون الهاتف قريبًا من الطفل واللعبة.',
  listen: 'يمكنك الاستماع قبل الإرسال',
  kept: 'لم يُرسَل بعد. هو محفوظ على هذا الجهاز.',
  send: 'إرسال',
  again: 'تسجيل من جديد',
  discard: 'حذف',
  discardSure: 'حذف هذا التسجيل؟',
  discardYes: 'حذف',
  sent: (name) => `في الطريق إلى ${name}.`,
}

export const toy: Words['toy'] = {
  title: 'اللعبة',
  lead: 'يُرجى تشغيل اللعبة وتقريب هذا الهاتف منها.',
  connect: 'الاتصال باللعبة',
  connecting: 'جارٍ البحث عن اللعبة…',
  connected: (name) => `متصل: ${name}`,
  disconnect: 'قطع الاتصال',
  gone: 'لم تعد اللعبة متصلة.',
  missing:
    'هذا المتصفح لا يمكنه الاتصال بالألعاب. يمكن ذلك مع Chrome أو Edge على هاتف Android أو على كمبيوتر.',
  states: {
    ready: 'جاهزة',
    recording: 'الطفل يسجّل الآن',
    playing: 'قيد التشغيل',
    loading: 'تستلم رسالة',
    other: 'مشغولة',
    locked: 'اللعبة لا تسمح لنا بالدخول',
  },
  volume: 'مستوى الصوت',
  heart: 'إضاءة القلب',
  heartOff: 'إطفاء القلب',
  ready: 'جاهز للعبة',
  none: 'لا شيء ينتظر اللعبة. ما تتم الموافقة عليه يظهر هنا.',
  send: 'إرسال إلى اللعبة',
  sending: (percent) => `وصل ${percent}%`,
  stop: 'إيقاف',
  sent: 'وصلت إلى الدب. القلب يومض، وبقي الضغط على كفّ الدب.',
  unlit: 'وصلت إلى الدب، لكن القلب لم يُضئ. وبقي الضغط على كفّ الدب.',
  keeps: 'كفّ الدب تشغّل رسالة واحدة: الرسالة الجديدة تحلّ محلّ القديمة.',
  warning:
    'هذه اللعبة بلا قفل: ما دامت تعمل وغير متصلة، يمكن لهاتف آخر على بعد نحو عشرة أمتار الوصول إليها. يُرجى إطفاؤها عندما لا يلعب بها أحد.',
  answer: (child) => `تسجيل جواب ${child}`,
}
