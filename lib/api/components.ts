import { ConnectionSchema } from './connectionSchemas.ts';
import {
  CallRecordSchema,
  CallSchema,
  CallStepSchema,
  ChangeSchema,
  DetailSchema,
  ProblemSchema,
} from './recordSchemas.ts';
import { ScheduleSchema } from './scheduleSchemas.ts';
import {
  AgentSchema,
  AudioSchema,
  AudioUploadSchema,
  BindingSchema,
  DraftSchema,
  FlowRowSchema,
  FlowSchema,
  PronunciationsSchema,
  QueueSchema,
  SkillGroupSchema,
  SpeechProgressSchema,
  UsageSchema,
  VersionNumberSchema,
  VersionSchema,
} from './schemas.ts';

/** The schemas that the API's description names, by those names. */
export const components = {
  Draft: DraftSchema,
  Flow: FlowSchema,
  FlowRow: FlowRowSchema,
  Version: VersionSchema,
  VersionNumber: VersionNumberSchema,
  Binding: BindingSchema,
  SkillGroup: SkillGroupSchema,
  Agent: AgentSchema,
  Queue: QueueSchema,
  Usage: UsageSchema,
  Audio: AudioSchema,
  AudioUpload: AudioUploadSchema,
  SpeechProgress: SpeechProgressSchema,
  Pronunciations: PronunciationsSchema,
  Call: CallSchema,
  CallStep: CallStepSchema,
  CallRecord: CallRecordSchema,
  Change: ChangeSchema,
  Detail: DetailSchema,
  Problem: ProblemSchema,
  Schedule: ScheduleSchema,
  Connection: ConnectionSchema,
};
