// Made by `npm run generate` from the description that the API gives of itself.

import type { Flow } from '../../../../lib/flow/flow.ts';

export type FlowRow = {
  readonly id: string;
  readonly name: string;
  /** The value of the ETag of the draft */
  readonly revision: string;
  readonly savedAt: string;
  readonly savedBy: string;
  /** The version that new calls use */
  readonly live?: number;
  /** The version published last */
  readonly newest?: number;
  /** Whether the draft differs from the newest version */
  readonly changed: boolean;
  /** How many errors the draft had when it was saved; left out if they were not counted */
  readonly errors?: number;
  /** When a deleted flow was deleted */
  readonly deletedAt?: string;
  /** Until when a deleted flow can be restored */
  readonly keptUntil?: string;
  /** The flows whose draft or live version enters it; in lists only */
  readonly enteredBy?: string[];
};

export type Version = {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly note?: string;
  /** Why it was published although call scripts failed */
  readonly despite?: string;
  /** The name of the flow at that time */
  readonly name: string;
  readonly language: string;
  /** How many nodes it has */
  readonly nodes: number;
};

export type Binding = {
  readonly number: string;
  readonly flow: string;
  readonly boundAt: string;
  readonly boundBy: string;
};

export type SkillGroup = {
  readonly id: string;
  readonly name: string;
  readonly ringSeconds: number;
  readonly wrapUpSeconds: number;
  readonly maxQueue: number;
  readonly confirm?: boolean;
};

export type Agent = {
  readonly staffNo: string;
  readonly name: string;
  readonly endpoint: string;
  readonly skillGroups: string[];
  readonly user?: string;
  /** The presence that the agent has set */
  readonly presence: 'online' | 'break' | 'offline';
  /** What the agent does now */
  readonly state: 'offline' | 'break' | 'available' | 'ringing' | 'talking' | 'wrap-up';
  /** The call that rings them or that they are in */
  readonly call?: {
    readonly callSid: string;
    readonly group: string;
    /** Since when the caller waits; only in answers about one agent, and until they talk */
    readonly waitingSince?: string;
    readonly talkingSince?: string;
  };
  /** When their wrap-up ends */
  readonly wrapUpUntil?: string;
};

export type Voicemail = {
  /** The carrier's id of the recording */
  readonly id: string;
  /** The skill group that it is for */
  readonly mailbox: string;
  /** The caller's number, as the carrier tells it */
  readonly from: string;
  readonly callSid: string;
  readonly at: string;
  readonly seconds: number;
  readonly state: 'new' | 'heard';
  /** Where its sound is: still with the carrier, stored, or lost by the carrier */
  readonly sound: 'carrier' | 'stored' | 'lost';
};

export type HeardVoicemail = {
  /** The carrier's id of the recording */
  readonly id: string;
  /** The skill group that it is for */
  readonly mailbox: string;
  /** The caller's number, as the carrier tells it */
  readonly from: string;
  readonly callSid: string;
  readonly at: string;
  readonly seconds: number;
  readonly state: 'new' | 'heard';
  /** Where its sound is: still with the carrier, stored, or lost by the carrier */
  readonly sound: 'carrier' | 'stored' | 'lost';
  /** An MP3, for five minutes */
  readonly url?: string;
};

export type Queue = {
  readonly group: string;
  /** Callers in the queue */
  readonly waiting: number;
  /** How long the first of them has waited */
  readonly longestWaitSeconds: number;
  /** The number of agents in each state; states without agents are left out */
  readonly agents: Readonly<
    Partial<Record<'offline' | 'break' | 'available' | 'ringing' | 'talking' | 'wrap-up', number>>
  >;
};

export type Usage = {
  readonly flow: string;
  readonly name: string;
  /** In its draft, its live version, or a former version that callers may still be in */
  readonly usedIn: ('draft' | 'live' | 'former')[];
};

export type Audio = {
  readonly id: string;
  readonly name: string;
  readonly contentType: 'audio/mpeg' | 'audio/wav';
  readonly bytes: number;
  /** Announced, checked and waiting for a review, or reviewed */
  readonly state: 'uploading' | 'pending' | 'approved' | 'rejected';
  readonly uploadedAt: string;
  readonly uploadedBy: string;
  /** How long it is */
  readonly seconds?: number;
  readonly reviewedAt?: string;
  readonly reviewedBy?: string;
  /** Why it was rejected */
  readonly reason?: string;
  /** The rule that the file broke, if the check rejected it */
  readonly rule?: string;
  readonly usedBy: Usage[];
  /** The file as it was uploaded, for five minutes */
  readonly url?: string;
};

export type AudioUpload = {
  readonly id: string;
  readonly upload: {
    readonly method: 'PUT';
    readonly url: string;
    /** Send them unchanged */
    readonly headers: Readonly<Partial<Record<string, string>>>;
  };
};

export type SpeechProgress = {
  /** The number of texts that are synthesised */
  readonly done: number;
  /** The number of texts still to do: repeat the request until it is 0 */
  readonly left: number;
  /** Texts that cannot be spoken */
  readonly failed: {
    readonly node: string;
    /** Where it stands in the node, with dots: `errorPrompt.text` */
    readonly field: string;
    readonly message: string;
  }[];
  /** Texts that the carrier speaks: they name variables, their voice is not one of Polly’s, or Polly has none for their language */
  readonly carrier: {
    readonly node: string;
    /** Where it stands in the node, with dots: `errorPrompt.text` */
    readonly field: string;
    readonly reason: 'variables' | 'voice' | 'language';
  }[];
};

export type Pronunciations = {
  readonly language: string;
  readonly words: {
    readonly word: string;
    readonly spokenAs: string;
  }[];
  readonly changedAt?: string;
  readonly changedBy?: string;
  /** Flows whose live version speaks differently; publishing applies the words */
  readonly concerns: {
    readonly flow: string;
    readonly name: string;
  }[];
};

export type Call = {
  /** The carrier's id of the call */
  readonly callSid: string;
  readonly from?: string;
  readonly to?: string;
  readonly flow?: string;
  readonly version?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly endReason?:
    | 'finished'
    | 'errors'
    | 'timeout'
    | 'hung-up-menu'
    | 'hung-up-waiting'
    | 'hung-up-ringing'
    | 'hung-up-talking'
    | 'hung-up-recording'
    | 'voicemail'
    | 'nobody-online'
    | 'waited-too-long'
    | 'fault'
    | 'limit';
  /** The numbers of steps that are missing in the log */
  readonly missing: number[];
};

export type CallStep = {
  readonly at: string;
  readonly node: string;
  /** The flow of the node, if it is not the flow of the call */
  readonly flow?: string;
  /** The version of that flow */
  readonly version?: number;
  readonly heard?: (
    | {
        readonly text: string;
      }
    | {
        readonly audio: string;
      }
  )[];
  /** `?` for a character that is not a phone key */
  readonly key?: string;
  /** The number of keys that were typed, if the keys themselves are not stored */
  readonly digits?: number;
  /** No key came */
  readonly silent?: true;
  /** The staff number of the agent whom the caller was connected with */
  readonly agent?: string;
  readonly exit?: string;
  /** Why the caller was not put through */
  readonly lost?: string;
  /** A message of the caller was stored */
  readonly kept?: true;
  /** A schedule or a service gave no usable answer: the schedule counted as open, the request as failed */
  readonly assumed?: true;
  /** The variables of the call could not be decrypted, and are unset */
  readonly forgot?: true;
  /** Variables that were not set because there was no room for their values */
  readonly unset?: string[];
  /** What went wrong on our side */
  readonly fault?: string;
};

export type CallRecord = {
  /** The carrier's id of the call */
  readonly callSid: string;
  readonly from?: string;
  readonly to?: string;
  readonly flow?: string;
  readonly version?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly endReason?:
    | 'finished'
    | 'errors'
    | 'timeout'
    | 'hung-up-menu'
    | 'hung-up-waiting'
    | 'hung-up-ringing'
    | 'hung-up-talking'
    | 'hung-up-recording'
    | 'voicemail'
    | 'nobody-online'
    | 'waited-too-long'
    | 'fault'
    | 'limit';
  /** The numbers of steps that are missing in the log */
  readonly missing: number[];
  readonly steps: CallStep[];
};

export type Change = {
  readonly at: string;
  readonly who: string;
  /** A verb: `save`, `publish`, `bind` */
  readonly did: string;
  /** The kind of thing and its id: `flow front-desk` */
  readonly what: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

export type Detail = {
  /** The rule that was broken; its name is stable */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly node?: string;
  /** With dots: `exits.next` */
  readonly field?: string;
  /** A sentence that names the fault and the fix */
  readonly message: string;
  /** Where a call script fails; stands with the rule `call-script` */
  readonly script?: {
    /** The live flow whose script fails, if it is another one */
    readonly flow?: string;
    /** From 1 */
    readonly line: number;
    /** The title of the call */
    readonly title?: string;
    /** The id of the message, for a translation */
    readonly says: string;
    readonly values?: Readonly<Partial<Record<string, string | number>>>;
  };
};

/** An error (RFC 9457) */
export type Problem = {
  readonly type:
    | 'urn:branchline:error:bad-input'
    | 'urn:branchline:error:cursor-foreign'
    | 'urn:branchline:error:not-json'
    | 'urn:branchline:error:not-declared-json'
    | 'urn:branchline:error:body-too-large'
    | 'urn:branchline:error:path-missing'
    | 'urn:branchline:error:method-refused'
    | 'urn:branchline:error:role-too-small'
    | 'urn:branchline:error:match-missing'
    | 'urn:branchline:error:internal'
    | 'urn:branchline:error:flow-missing'
    | 'urn:branchline:error:flow-taken'
    | 'urn:branchline:error:flow-deleted'
    | 'urn:branchline:error:flow-invalid'
    | 'urn:branchline:error:flow-too-large'
    | 'urn:branchline:error:flow-expired'
    | 'urn:branchline:error:flow-bound'
    | 'urn:branchline:error:flow-used'
    | 'urn:branchline:error:draft-stale'
    | 'urn:branchline:error:script-stale'
    | 'urn:branchline:error:draft-elsewhere'
    | 'urn:branchline:error:draft-unchanged'
    | 'urn:branchline:error:publish-raced'
    | 'urn:branchline:error:version-missing'
    | 'urn:branchline:error:number-missing'
    | 'urn:branchline:error:call-missing'
    | 'urn:branchline:error:voicemail-missing'
    | 'urn:branchline:error:caller-on-line'
    | 'urn:branchline:error:number-raced'
    | 'urn:branchline:error:group-missing'
    | 'urn:branchline:error:group-used'
    | 'urn:branchline:error:group-raced'
    | 'urn:branchline:error:schedule-missing'
    | 'urn:branchline:error:schedule-used'
    | 'urn:branchline:error:schedule-raced'
    | 'urn:branchline:error:connection-missing'
    | 'urn:branchline:error:connection-used'
    | 'urn:branchline:error:connection-raced'
    | 'urn:branchline:error:connection-failed'
    | 'urn:branchline:error:agent-missing'
    | 'urn:branchline:error:agent-raced'
    | 'urn:branchline:error:agent-busy'
    | 'urn:branchline:error:agent-without-phone'
    | 'urn:branchline:error:phone-key-missing'
    | 'urn:branchline:error:audio-missing'
    | 'urn:branchline:error:audio-taken'
    | 'urn:branchline:error:audio-state'
    | 'urn:branchline:error:audio-used'
    | 'urn:branchline:error:pronunciations-stale'
    | 'urn:branchline:error:settings-stale'
    | 'urn:branchline:error:settings-taken'
    | 'urn:branchline:error:speech-off'
    | 'urn:branchline:error:speech-unavailable'
    | 'urn:branchline:error:carrier-number-missing'
    | 'urn:branchline:error:carrier-number-unfit'
    | 'urn:branchline:error:carrier-refused';
  readonly title: string;
  readonly status: number;
  /** A sentence that names what was wrong this time */
  readonly detail: string;
  readonly problems?: Detail[];
};

export type Schedule = {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly weekly: {
    readonly mon?: string[][];
    readonly tue?: string[][];
    readonly wed?: string[][];
    readonly thu?: string[][];
    readonly fri?: string[][];
    readonly sat?: string[][];
    readonly sun?: string[][];
  };
  readonly holidays?: {
    readonly date: string;
    readonly until?: string;
    readonly name: string;
    readonly open?: string[][];
  }[];
  readonly override?: {
    readonly state: 'open' | 'closed' | 'holiday';
    readonly until?: string;
  };
  /** The state now */
  readonly state: 'open' | 'closed' | 'holiday';
  /** The holiday of today */
  readonly holiday?: string;
  /** When the state changes next, if within a year */
  readonly changesAt?: string;
  /** The last known holiday: enter the next ones before it */
  readonly holidaysUntil?: string;
  /** The flows that use it */
  readonly usedBy: Usage[];
};

export type Connection = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** The values are hidden: `…` */
  readonly headers: Readonly<Partial<Record<string, string>>>;
  /** The flows that use it */
  readonly usedBy: Usage[];
};

export type Stats = {
  /** Whether all calls of the span are counted; if not, its newest 5,000 */
  readonly complete: boolean;
  /** From when on all calls are counted */
  readonly since: string;
  readonly calls: number;
  /** Calls that are not over */
  readonly now: number;
  /** By the flow that they began with, most calls first */
  readonly byFlow: {
    readonly flow: string;
    readonly calls: number;
    readonly now: number;
  }[];
  readonly byEndReason: Readonly<
    Partial<
      Record<
        | 'finished'
        | 'errors'
        | 'timeout'
        | 'hung-up-menu'
        | 'hung-up-waiting'
        | 'hung-up-ringing'
        | 'hung-up-talking'
        | 'hung-up-recording'
        | 'voicemail'
        | 'nobody-online'
        | 'waited-too-long'
        | 'fault'
        | 'limit',
        number
      >
    >
  >;
  /** The ten exits that most calls took, without those named `next` */
  readonly busiestExits: {
    readonly flow: string;
    readonly node: string;
    readonly exit: string;
    readonly calls: number;
  }[];
  /** Callers who wait at this time */
  readonly waiting: number;
  /** Calls that entered a queue */
  readonly queued: number;
  /** Those of them that an agent was connected with */
  readonly answered: number;
  /** Within 20 seconds from the first queue to the first agent */
  readonly answeredWithin20: number;
  /** Within 180 seconds */
  readonly answeredWithin180: number;
  /** Rings that agents missed */
  readonly missedRings: number;
  /** The same by staff number */
  readonly missedBy: Readonly<Partial<Record<string, number>>>;
};

export type Traffic = {
  /** Whether all calls of the span are counted; if not, its newest 5,000 */
  readonly complete: boolean;
  /** From when on all calls are counted */
  readonly since: string;
  /** Calls that entered the flow, also from another one */
  readonly calls: number;
  /** By the id of the node; nodes that no call entered are left out */
  readonly nodes: Readonly<
    Partial<
      Record<
        string,
        {
          /** Calls that entered the node */
          readonly entered: number;
          /** Calls that ended there */
          readonly ended: number;
          /** Calls that took each exit */
          readonly exits: Readonly<Partial<Record<string, number>>>;
        }
      >
    >
  >;
};

export type AgentPhone = {
  /** The client that the carrier rings */
  readonly client: string;
  /** An access token of the carrier */
  readonly token: string;
  readonly expiresAt: string;
};

/** The calls of the API: what each takes, and what it answers. */
export interface paths {
  '/api/flows': {
    get: {
      parameters: {
        query?: { limit?: number; after?: string; all?: 'true' | 'false'; deleted?: 'true' | 'false' };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: FlowRow[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly name: string;
            /** Made from the name if left out */
            readonly id?: string;
            /** Of its texts (BCP 47) */
            readonly language?: string;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': Flow } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Flow } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: { query?: never; header: { 'If-Match': string }; path: { id: string } };
      requestBody: { content: { 'application/json': Flow } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Flow } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        428: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/restore': {
    post: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': FlowRow } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/check': {
    post: {
      parameters: { query?: never; header?: never; path?: never };
      requestBody: { content: { 'application/json': Flow } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly problems: Detail[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/calls-txt': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: { query?: never; header?: { 'If-Match'?: string }; path: { id: string } };
      requestBody?: { content: { 'text/plain': string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/publish': {
    post: {
      parameters: { query?: never; header?: { 'If-Match'?: string }; path: { id: string } };
      requestBody?: {
        content: {
          'application/json': {
            readonly note?: string;
            /** Why it is published even if call scripts fail; the admin’s */
            readonly despite?: string;
          };
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly version: number;
              /** Live flows that enter this one and have problems because of it */
              readonly affected?: {
                readonly flow: string;
                readonly name: string;
                readonly problems: Detail[];
              }[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/versions': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Version[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/versions/{n}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string; n: number } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Flow } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/live': {
    put: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly version: number;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly version: number;
              /** Live flows that enter this one and have problems because of it */
              readonly affected?: {
                readonly flow: string;
                readonly name: string;
                readonly problems: Detail[];
              }[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/numbers': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Binding[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/numbers/{e164}': {
    get: {
      parameters: { query?: never; header?: never; path: { e164: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Binding } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: { query?: never; header?: never; path: { e164: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly flow: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Binding } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { e164: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/skill-groups': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: SkillGroup[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/skill-groups/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': SkillGroup } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: {
        query?: never;
        header?: { 'If-Match'?: string; 'If-None-Match'?: string };
        path: { id: string };
      };
      requestBody: {
        content: {
          'application/json': {
            readonly name: string;
            /** How long an agent's phone rings */
            readonly ringSeconds?: number;
            /** How long an agent has after a talk before the next ring */
            readonly wrapUpSeconds?: number;
            /** How many callers may wait */
            readonly maxQueue?: number;
            /** Whether agents press 1 to take a call; if left out, only those whose endpoint is a phone number */
            readonly confirm?: boolean;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': SkillGroup } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/schedules': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Schedule[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/schedules/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Schedule } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: {
        query?: never;
        header?: { 'If-Match'?: string; 'If-None-Match'?: string };
        path: { id: string };
      };
      requestBody: {
        content: {
          'application/json': {
            readonly name: string;
            /** IANA: `Asia/Shanghai` */
            readonly timeZone: string;
            readonly weekly: {
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly mon?: string[][];
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly tue?: string[][];
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly wed?: string[][];
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly thu?: string[][];
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly fri?: string[][];
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly sat?: string[][];
              /** From when to when; a range that ends before it begins goes past midnight */
              readonly sun?: string[][];
            };
            readonly holidays?: {
              readonly date: string;
              /** The last day; the first one if left out */
              readonly until?: string;
              readonly name: string;
              /** The hours of a day that is worked all the same */
              readonly open?: string[][];
            }[];
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Schedule } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/schedules/{id}/override': {
    put: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly state: 'open' | 'closed' | 'holiday' | 'auto';
            /** Until when; if left out, until `auto` is set */
            readonly until?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Schedule } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/schedules/{id}/at': {
    get: {
      parameters: { query: { time: string }; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly time: string;
              readonly state: 'open' | 'closed' | 'holiday';
              readonly holiday?: string;
            };
          };
        };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/connections': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Connection[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/connections/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Connection } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: {
        query?: never;
        header?: { 'If-Match'?: string; 'If-None-Match'?: string };
        path: { id: string };
      };
      requestBody: {
        content: {
          'application/json': {
            readonly name: string;
            /** https, without a query: `https://crm.example.com/v1` */
            readonly url: string;
            /** Sent with each request. Values are written only: `…` keeps the old one */
            readonly headers?: Readonly<Partial<Record<string, string>>>;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Connection } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/connections/{id}/try': {
    post: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
            readonly path: string;
            /** JSON that is sent */
            readonly body?: unknown;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly status: number;
              /** The answer; left out if it was not JSON */
              readonly json?: unknown;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        502: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/agents': {
    get: {
      parameters: { query?: { limit?: number; after?: string; user?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Agent[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/agents/{staffNo}': {
    get: {
      parameters: { query?: never; header?: never; path: { staffNo: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Agent } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: {
        query?: never;
        header?: { 'If-Match'?: string; 'If-None-Match'?: string };
        path: { staffNo: string };
      };
      requestBody: {
        content: {
          'application/json': {
            readonly name: string;
            readonly endpoint: string;
            readonly skillGroups: string[];
            /** The user whose presence this is */
            readonly user?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Agent } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { staffNo: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/agents/{staffNo}/presence': {
    put: {
      parameters: { query?: never; header?: never; path: { staffNo: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly presence: 'online' | 'break' | 'offline';
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Agent } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/agents/{staffNo}/phone-token': {
    post: {
      parameters: { query?: never; header?: never; path: { staffNo: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AgentPhone } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        501: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/queues': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Queue[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/calls': {
    get: {
      parameters: {
        query?: {
          limit?: number;
          after?: string;
          number?: string;
          from?: string;
          flow?: string;
          node?: string;
          exit?: string;
          ended?: boolean;
          version?: number;
          missedBy?: string;
          endReason?:
            | 'finished'
            | 'errors'
            | 'timeout'
            | 'hung-up-menu'
            | 'hung-up-waiting'
            | 'hung-up-ringing'
            | 'hung-up-talking'
            | 'hung-up-recording'
            | 'voicemail'
            | 'nobody-online'
            | 'waited-too-long'
            | 'fault'
            | 'limit';
          since?: string;
          until?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Call[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/calls/{callSid}': {
    get: {
      parameters: { query?: never; header?: never; path: { callSid: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': CallRecord } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/stats': {
    get: {
      parameters: { query?: { since?: string; until?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Stats } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/traffic': {
    get: {
      parameters: {
        query?: { since?: string; until?: string; version?: number };
        header?: never;
        path: { id: string };
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Traffic } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/voicemails': {
    get: {
      parameters: {
        query?: { limit?: number; after?: string; mailbox?: string; state?: 'new' | 'heard' };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Voicemail[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/voicemails/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': HeardVoicemail } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly state: 'new' | 'heard';
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': HeardVoicemail } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/callers/{number}': {
    delete: {
      parameters: { query?: never; header?: never; path: { number: string } };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Calls whose records were deleted */
              readonly calls: number;
              /** Messages that were deleted */
              readonly voicemails: number;
              /** Sentences that say what remains elsewhere */
              readonly remains: string[];
            };
          };
        };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/audio': {
    get: {
      parameters: {
        query?: { limit?: number; after?: string; state?: 'uploading' | 'pending' | 'approved' | 'rejected' };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Audio[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never };
      requestBody: {
        content: {
          'application/json': {
            readonly name: string;
            readonly contentType: 'audio/mpeg' | 'audio/wav';
            /** The size of the file, to the byte */
            readonly bytes: number;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': AudioUpload } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/audio/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Audio } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/audio/{id}/review': {
    post: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly approve: boolean;
            /** Why it is rejected */
            readonly reason?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Audio } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/flows/{id}/speech': {
    post: {
      parameters: { query?: never; header?: never; path: { id: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': SpeechProgress } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/speech/preview': {
    get: {
      parameters: { query: { text: string; language: string; voice?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'audio/wav': unknown } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/pronunciations/{language}': {
    get: {
      parameters: { query?: never; header?: never; path: { language: string } };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Pronunciations } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
    put: {
      parameters: { query?: never; header?: { 'If-Match'?: string }; path: { language: string } };
      requestBody: {
        content: {
          'application/json': {
            readonly words: {
              /** The word as it stands in texts; capitals do not matter */
              readonly word: string;
              /** What the voice reads in its place; nothing if it is empty */
              readonly spokenAs: string;
            }[];
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Pronunciations } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        412: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/audit': {
    get: {
      parameters: { query?: { limit?: number; after?: string }; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly items: Change[];
              /** There is more: give it as `after` */
              readonly next?: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        401: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly message: string;
            };
          };
        };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
  '/api/openapi.json': {
    get: {
      parameters: { query?: never; header?: never; path?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              readonly openapi: string;
            };
          };
        };
        default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } };
      };
    };
  };
}

/** The roles that may make each call. */
export const access = {
  'GET /api/flows': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'POST /api/flows': ['admin', 'editor'],
  'GET /api/flows/{id}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/flows/{id}': ['admin', 'editor'],
  'DELETE /api/flows/{id}': ['admin', 'editor'],
  'POST /api/flows/{id}/restore': ['admin', 'editor'],
  'POST /api/flows/check': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/flows/{id}/calls-txt': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/flows/{id}/calls-txt': ['admin', 'editor'],
  'POST /api/flows/{id}/publish': ['admin', 'editor'],
  'GET /api/flows/{id}/versions': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/flows/{id}/versions/{n}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/flows/{id}/live': ['admin', 'editor'],
  'GET /api/numbers': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/numbers/{e164}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/numbers/{e164}': ['admin'],
  'DELETE /api/numbers/{e164}': ['admin'],
  'GET /api/skill-groups': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/skill-groups/{id}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/skill-groups/{id}': ['admin'],
  'DELETE /api/skill-groups/{id}': ['admin'],
  'GET /api/schedules': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/schedules/{id}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/schedules/{id}': ['admin', 'editor'],
  'DELETE /api/schedules/{id}': ['admin', 'editor'],
  'PUT /api/schedules/{id}/override': ['admin', 'editor'],
  'GET /api/schedules/{id}/at': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/connections': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/connections/{id}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/connections/{id}': ['admin'],
  'DELETE /api/connections/{id}': ['admin'],
  'POST /api/connections/{id}/try': ['admin'],
  'GET /api/agents': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/agents/{staffNo}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/agents/{staffNo}': ['admin'],
  'DELETE /api/agents/{staffNo}': ['admin'],
  'PUT /api/agents/{staffNo}/presence': ['admin', 'agent'],
  'POST /api/agents/{staffNo}/phone-token': ['admin', 'agent'],
  'GET /api/queues': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/calls': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/calls/{callSid}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/stats': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/flows/{id}/traffic': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/voicemails': ['admin', 'agent'],
  'GET /api/voicemails/{id}': ['admin', 'agent'],
  'PUT /api/voicemails/{id}': ['admin', 'agent'],
  'DELETE /api/voicemails/{id}': ['admin', 'agent'],
  'DELETE /api/callers/{number}': ['admin'],
  'GET /api/audio': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'POST /api/audio': ['admin', 'editor'],
  'GET /api/audio/{id}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'DELETE /api/audio/{id}': ['admin', 'editor'],
  'POST /api/audio/{id}/review': ['admin', 'reviewer'],
  'POST /api/flows/{id}/speech': ['admin', 'editor'],
  'GET /api/speech/preview': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'GET /api/pronunciations/{language}': ['admin', 'editor', 'reviewer', 'agent', 'viewer'],
  'PUT /api/pronunciations/{language}': ['admin', 'editor'],
  'GET /api/audit': ['admin'],
  'GET /api/openapi.json': [],
} as const;
