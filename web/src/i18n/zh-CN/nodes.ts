/** What people read of a setting: `entries` are those of a list, `options` those of a choice. */
export interface SettingWords {
  readonly name: string;
  readonly help: string;
  readonly example?: string;
  readonly entries?: Readonly<Record<string, SettingWords>>;
  readonly options?: Readonly<Record<string, string>>;
}

/** What people read of the node types, by their names; the English words stand in each type's own file. */
export type NodeWords = Readonly<
  Record<
    string,
    {
      readonly name: string;
      readonly about: string;
      readonly settings: Readonly<Record<string, SettingWords>>;
      readonly exits: Readonly<Record<string, string>>;
    }
  >
>;

/** The node types in simplified Chinese. */
export const nodes: NodeWords = {
  start: {
    name: '开始',
    about: '每通电话由此开始',
    settings: {},
    exits: { next: '下一步' },
  },
  play: {
    name: '放音',
    about: '播放一段声音，然后继续',
    settings: {
      prompt: {
        name: '播放声音',
        help: '来电用户听到的提示语。',
        example: '您好，欢迎致电。',
      },
      interruptible: {
        name: '允许按键打断',
        help: '播放时用户可直接按键，按键由紧随其后的【分支】模块处理；关闭后将完整播放，期间的按键无效。',
      },
      times: {
        name: '播放次数',
        help: '连续播放的次数。',
      },
    },
    exits: { next: '下一步' },
  },
  branch: {
    name: '分支',
    about: '根据用户按键进入不同的模块',
    settings: {
      prompt: {
        name: '播放声音',
        help: '指引用户进行相应按键的提示语，按键会打断播放。',
        example: '转人工坐席接听请按1。',
      },
      timeoutPrompt: {
        name: '超时播放',
        help: '用户回复按键超时的提示音。',
        example: '您的回复已超时，请挂断重新拨打。',
      },
      errorPrompt: {
        name: '错误播放',
        help: '用户按键错误时的提示语。',
        example: '输入错误，请重新输入。错误3次，电话将被自动挂断。',
      },
      maxErrors: {
        name: '最大错误次数',
        help: '错误达到该次数后进入“错误”出口；未连接时挂断电话。',
      },
      timeoutSeconds: {
        name: '超时时间',
        help: '播放结束后等待按键的时间，超过后播放超时提示音。',
      },
      maxTimeouts: {
        name: '最大超时次数',
        help: '超时达到该次数后进入“超时”出口；未连接时挂断电话。',
      },
      labels: {
        name: '按键',
        help: '匹配用户的电话按键值，范围为 0-9，*号键与#号键。按键说明只显示在画布上，用户不会听到。',
        example: '售前咨询',
      },
    },
    exits: { timeout: '超时', errors: '错误' },
  },
  condition: {
    name: '条件',
    about: '比较变量，进入第一个全部成立的分支',
    settings: {
      cases: {
        name: '分支',
        help: '按顺序判断，进入第一个全部成立的分支；都不成立时进入“否则”。',
        entries: {
          exit: {
            name: '出口',
            help: '此分支的条件全部成立时进入的出口。',
            example: 'vip',
          },
          when: {
            name: '条件',
            help: '须全部成立的条件。',
            entries: {
              variable: {
                name: '变量',
                help: '要判断的变量。',
                example: 'Tier',
              },
              is: {
                name: '比较方式',
                help: '“等于”“不等于”“开头是”“包含”比较文字；“小于”等比较数字，任何一边不是数字时不成立。',
                options: {
                  equal: '等于',
                  'not-equal': '不等于',
                  less: '小于',
                  'at-most': '不大于',
                  greater: '大于',
                  'at-least': '不小于',
                  'starts-with': '开头是',
                  contains: '包含',
                  set: '有内容',
                  unset: '从未设置',
                },
              },
              value: {
                name: '比较内容',
                help: '用于比较的内容，可以引用变量；“有内容”和“从未设置”无需填写。',
                example: 'gold',
              },
            },
          },
        },
      },
    },
    exits: { else: '否则' },
  },
  set: {
    name: '设置变量',
    about: '设置变量，供后面的提示语和条件使用',
    settings: {
      values: {
        name: '变量',
        help: '按顺序设置，后面的变量可以引用前面的变量。',
        entries: {
          variable: {
            name: '变量名',
            help: '要设置的变量的名称，由字母和数字组成。',
            example: 'Tier',
          },
          value: {
            name: '内容',
            help: '变量的内容，可以引用其他变量，例如 ${SystemCallerNumber}。',
            example: 'gold',
          },
        },
      },
    },
    exits: { next: '下一步' },
  },
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
        help: '用于密码、卡号等：不播报，不写入日志，只能用于接口请求的内容，再次等待用户时即清除。运营商仍会记录按键，除非开启其 PCI 模式。',
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
  transfer: {
    name: '转人工',
    about: '转接到技能组的人工坐席',
    settings: {
      skillGroup: {
        name: '技能组名称',
        help: '选择对应分支需要接待的技能组。',
        example: 'phone-experience',
      },
      transferringPrompt: {
        name: '转接人工过程放音',
        help: '客户选择转人工后，在转接过程中的放音。',
        example: '正在为您转接，请稍后。',
      },
      holdMusic: {
        name: '转接人工过程循环音乐',
        help: '循环播放的等待音乐，不超过 60 秒。',
      },
      failPrompt: {
        name: '转接人工失败放音',
        help: '当所有人工坐席不在线时播放的提示音。',
        example: '当前非工作时间，欢迎您于工作时间再次联系。',
      },
      connectedPrompt: {
        name: '接通后用户侧播报音',
        help: '人工坐席接听后播报给客户侧的提示音。${StaffNo} 代表客服工号。',
        example: '客服${StaffNo}号为您服务。',
      },
      maxWaitSeconds: {
        name: '最长等待时间',
        help: '超过后播放转接人工失败放音。',
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
  end: {
    name: '结束',
    about: '结束通话，可先播放一段结束语',
    settings: {
      prompt: {
        name: '播放声音',
        help: '挂断前播放的结束语，可不填；若用户在挂断前听不到任何提示，系统会播放一句简短的结束语。',
        example: '感谢您的来电，再见。',
      },
    },
    exits: {},
  },
};
