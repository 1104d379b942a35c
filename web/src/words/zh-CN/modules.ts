import type { NodeWords } from '../nodewords.ts';

/** The further modules in simplified Chinese: digits, languages, hours, other flows. */
export const modules: NodeWords = {
  collect: {
    name: '收号',
    about: '收取多位按键，例如账号',
    settings: {
      prompt: {
        name: '播放声音',
        help: '指引用户输入号码的提示语，按键会打断播放。',
        example: '请输入您的账号，以井号键结束。',
      },
      variable: {
        name: '变量',
        help: '保存用户输入的号码，播报时逐位读出。',
        example: 'Account',
      },
      minDigits: { name: '最少位数', help: '少于该位数视为输入错误。' },
      maxDigits: { name: '最多位数', help: '输入达到该位数即结束。' },
      finishKey: {
        name: '结束键',
        help: '按此键结束输入，不计入号码。',
        options: { '#': '井号键（#）', '*': '星号键（*）', none: '无' },
      },
      timeoutSeconds: {
        name: '超时时间',
        help: '提示语播放完毕后，以及每次按键后等待下一位的时间。',
      },
      timeoutPrompt: {
        name: '超时提示音',
        help: '未输入任何号码时播放的声音。',
        example: '没有检测到您的按键。',
      },
      errorPrompt: {
        name: '错误提示音',
        help: '位数不足或按了非数字键时播放的声音。',
        example: '您输入的账号有误，请重新输入。',
      },
      maxErrors: {
        name: '最大错误次数',
        help: '达到该次数后进入【错误】出口；未连接时通话结束。',
      },
      maxTimeouts: {
        name: '最大超时次数',
        help: '达到该次数后进入【超时】出口；未连接时通话结束。',
      },
      confirmPrompt: {
        name: '确认提示音',
        help: '复述用户输入的号码；按 1 确认，按其他键重新输入。',
        example: '您输入的是${Account}，确认请按1，重新输入请按2。',
      },
      secret: {
        name: '保密',
        help: '用于密码、卡号等：不播报，不写入日志，只能用于接口请求的内容，再次等待用户时即清除，因此请在请求之前最后询问。运营商仍会记录按键，除非开启其 PCI 模式。',
      },
    },
    exits: { next: '下一步', timeout: '超时', errors: '错误' },
  },
  language: {
    name: '语言',
    about: '设置通话语言，之后的文本以该语言播报',
    settings: {
      language: {
        name: '语言',
        help: '此后通话使用的语言，在其他流程中同样有效。',
        example: 'en-US',
      },
    },
    exits: { next: '下一步' },
  },
  hours: {
    name: '营业时间',
    about: '按营业时间进入不同的模块',
    settings: {
      schedule: {
        name: '营业时间表',
        help: '按该时间表的时区判断当前是否营业；无法读取时视为营业中。',
        example: 'office',
      },
    },
    exits: { open: '营业中', closed: '非营业时间', holiday: '节假日' },
  },
  dial: {
    name: '转外线',
    about: '拨打外部号码，接通后与用户通话',
    settings: {
      number: {
        name: '外线号码',
        help: '带国家代码的电话号码，可使用变量；超出允许的国家、高资费号码和系统自己的号码不会拨打。',
        example: '+15550123',
      },
      prompt: {
        name: '转接提示语',
        help: '拨打之前用户听到的提示语。',
        example: '正在为您接通值班人员，请稍候。',
      },
      callerId: {
        name: '主叫显示号码',
        help: '对方看到的号码；用户隐藏号码时显示被叫号码。',
        options: { dialled: '用户拨打的号码', caller: '用户的号码' },
      },
      ringSeconds: { name: '最长振铃时间', help: '振铃的秒数，超时视为无人接听。' },
      maxMinutes: { name: '最长通话时间', help: '通话的分钟数，到时自动结束通话并继续。' },
    },
    exits: { next: '下一步', busy: '忙线', 'no-answer': '无人接听', failed: '失败' },
  },
  voicemail: {
    name: '语音留言',
    about: '录下用户的留言，由技能组的坐席收听',
    settings: {
      mailbox: { name: '留言信箱', help: '收听留言的技能组。', example: 'sales' },
      prompt: {
        name: '提示语',
        help: '提示音之前用户听到的提示语。',
        example: '请在提示音后留言，留言结束请按井号键。',
      },
      maxSeconds: { name: '最长留言时间', help: '录音的秒数，到时自动结束。' },
      silenceSeconds: { name: '静音时间', help: '用户静音达到该秒数后，录音自动结束。' },
      finishKey: {
        name: '结束键',
        help: '按下后结束录音。',
        options: { '#': '井号键（#）', '*': '星号键（*）', none: '无' },
      },
    },
    exits: { next: '下一步', silent: '未留言', failed: '失败' },
  },
  request: {
    name: '接口请求',
    about: '请求 HTTP 接口（例如 CRM），把返回的值保存到变量',
    settings: {
      connection: { name: '接口连接', help: '要请求的服务。', example: 'crm' },
      method: {
        name: '请求方法',
        help: '请求使用的方法。',
        options: { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH' },
      },
      path: {
        name: '路径',
        help: '接在连接地址之后；变量的值会做百分号编码，若以“..”指向别处则请求失败。',
        example: '/customers/${SystemCallerNumber}',
      },
      body: {
        name: '内容',
        help: '发送的 JSON，其中的文本可使用变量，包括保密变量。',
        example: '{ "account": "${Account}" }',
      },
      take: {
        name: '取值',
        help: '从返回内容中取出的值。',
        entries: {
          variable: { name: '变量', help: '要设置的变量。', example: 'Tier' },
          from: {
            name: '位置',
            help: '值在返回内容中的位置，以 JSON Pointer 表示，例如 /customer/tier。',
            example: '/customer/tier',
          },
          default: {
            name: '默认值',
            help: '返回内容中没有该值或请求失败时使用；未填写则清除该变量。',
            example: 'standard',
          },
        },
      },
      waitPrompt: { name: '等待提示音', help: '发出请求之前播放的声音。', example: '请稍候。' },
      timeoutSeconds: { name: '超时时间', help: '每次等待返回的时间。' },
      tries: { name: '尝试次数', help: '最多请求的次数；合计最多 6 秒。' },
    },
    exits: { next: '下一步', failed: '失败' },
  },
  message: {
    name: '发送短信',
    about: '以用户拨打的号码发送一条短信',
    settings: {
      text: {
        name: '短信内容',
        help: '可使用变量，填入后最多 1600 个字符，超出部分会被截断。',
        example: '您的预约链接：https://example.com/booking',
      },
      to: {
        name: '接收号码',
        help: '带国家代码的电话号码；默认发送给来电用户。',
        example: '${SystemCallerNumber}',
      },
    },
    exits: { next: '下一步', failed: '失败' },
  },
  flow: {
    name: '进入流程',
    about: '进入另一个流程，返回后继续',
    settings: {
      flow: {
        name: '流程',
        help: '通话从该流程的【开始】继续，使用其已上线版本；其中设置的变量返回后可用。',
        example: 'opening-hours',
      },
    },
    exits: { next: '下一步', failed: '失败' },
  },
  return: {
    name: '返回',
    about: '返回调用此流程的流程；没有则结束通话',
    settings: {},
    exits: {},
  },
};
