import type { NodeWords } from '../nodewords.ts';
import { modules } from './modules.ts';

/** The node types in simplified Chinese. */
export const nodes: NodeWords = {
  ...modules,
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
                help: '“等于”“不等于”“开头是”“包含”比较文字；“小于”等比较十进制数（如 1000、-12.5），任何一边不是时不成立。',
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
