/** What is shorter, after the carrier has trimmed its silence, is no message: in seconds. */
export const shortestMessageSeconds = 1;

/** The ids of recordings, at any carrier that speaks TwiML: wider than Twilio's `RE` and 32 digits. */
export const recordingPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a text is the id of a recording. */
export function isRecordingId(text: string): boolean {
  return recordingPattern.test(text);
}
