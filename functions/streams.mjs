// Bundles take this for the AWS SDK's event streams. No request of ours has one, but every client brings the code for them.
export class EventStreamSerde {
  constructor() {
    throw new Error('Event streams are left out of the bundles: see functions/streams.mjs.');
  }
}

/** Polly's client makes one when it is opened. */
export class EventStreamCodec {}

export const eventStreamSerdeProvider = () => ({});
export const resolveEventStreamSerdeConfig = (config) => config;
