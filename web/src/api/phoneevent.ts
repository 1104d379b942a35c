/** What happens on a phone of the carrier that runs beside the console. */
export type PhoneEvent =
  | { readonly event: 'dialled' | 'registered'; readonly id: string }
  | { readonly event: 'ringing'; readonly from: string; readonly to: string }
  | { readonly event: 'heard'; readonly say: string; readonly language?: string; readonly voice?: string }
  | { readonly event: 'heard'; readonly play: string }
  | { readonly event: 'gathering'; readonly timeoutSeconds: number }
  | { readonly event: 'recording'; readonly leftSeconds: number }
  | { readonly event: 'queued'; readonly queue: string }
  | { readonly event: 'dialling'; readonly number: string }
  | { readonly event: 'bridged' | 'parted' | 'document' }
  | { readonly event: 'said' | 'message'; readonly text: string }
  | { readonly event: 'failed'; readonly code: number; readonly message: string }
  | { readonly event: 'ended'; readonly reason: string; readonly seconds: number };
