import type { refusals as original } from '../en-US/refusals.ts';
import type { Words } from '../words.ts';

export const refusals: Words<typeof original> = {
  strange: '服务器返回 {{status}}，请重试。',
  internal: '服务器出错，请重试。',
  'role-too-small': '您的角色没有此权限。',
  'bad-input': '输入的内容不符合要求，请检查各项。',
  'body-too-large': '内容过大，最多 1 MB。',
  'flow-missing': '没有该流程，可能已被删除。',
  'flow-taken': '该标识已被使用，请换一个。',
  'flow-invalid': '流程存在问题。',
  'flow-too-large': '流程超过 1 MB，请缩短文字或拆分流程。',
  'flow-bound': '有号码绑定了该流程，请先改绑或解绑。',
  'flow-used': '有已上线的流程会转入该流程，请先修改并重新发布那些流程。',
  'draft-unchanged': '与最新版本相比没有修改。',
  'publish-raced': '有人同时发布或切换了版本，请确认后重试。',
  'version-missing': '没有该版本。',
  'number-missing': '该号码已解绑。',
  'number-raced': '有人同时修改了该号码的绑定，请确认后重试。',
  'flow-expired': '该流程删除已久，无法恢复。',
  'group-used': '有流程正在使用该技能组，请先改用其他技能组。',
  'group-raced': '有人同时修改了该技能组，请确认后重试。',
  'group-missing': '没有该技能组。',
  'agent-missing': '没有该坐席。',
  'agent-raced': '有人同时修改了该坐席，请确认后重试。',
  'agent-busy': '该坐席正在振铃或通话，请稍后重试。',
  'agent-without-phone': '该坐席的来电不在浏览器中振铃，请管理员设置 client:agent-1001 这样的振铃地址。',
  'phone-key-missing':
    '没有浏览器电话所需的运营商 API 密钥，请系统管理员设置 TWILIO_API_KEY_SID 和 TWILIO_API_KEY_SECRET。',
  'call-missing': '没有该通话的记录。',
};
