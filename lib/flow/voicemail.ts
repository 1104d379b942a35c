/** The shortest message, in seconds after the carrier has trimmed silence. A shorter recording is not stored. */
export const shortestMessageSeconds = 1;

/** The shape of a recording's id. Wider than Twilio's (`RE` and 32 hex digits), because other carriers have other ids. */
export const recordingPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a text has the shape of a recording's id. */
export function isRecordingId(text: string): boolean {
  return recordingPattern.test(text);
}
